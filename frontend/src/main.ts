import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './identity/tokens.css'
import './identity/kit.css'
import './identity/base.css'

import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'

import App from './App.vue'
import { Problem } from './client/problem'
import { keepLook } from './identity/look'
import { router } from './shell/router'
import { i18n } from './words'

// What the server refused once it refuses again; only silence is worth a second try.
const mayPass = (count: number, error: unknown) => error instanceof Problem && error.status === 0 && count < 2
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: mayPass, refetchOnWindowFocus: false } } })

keepLook()
createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient: client }).mount('#app')
