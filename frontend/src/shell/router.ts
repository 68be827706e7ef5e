import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'

import { loadMe, me, secondFactorDue } from '@/parties/session'
import { say } from '@/words'

declare module 'vue-router' {
  interface RouteMeta {
    /** The key of the page's title. */
    title: string
    /** Visitors may come too. */
    open?: boolean
    /** Without the rail: what one sees before one is in. */
    frameless?: boolean
  }
}

const door = { open: true, frameless: true }

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: () => import('@/public/FrontPage.vue'), meta: { title: 'public.title', open: true } },
    { path: '/sign-in', component: () => import('@/parties/SignInPage.vue'), meta: { title: 'parties.signIn', ...door } },
    { path: '/sign-up', component: () => import('@/parties/SignUpPage.vue'), meta: { title: 'parties.signUp', ...door } },
    { path: '/forgotten', component: () => import('@/parties/ForgottenPage.vue'), meta: { title: 'parties.forgottenTitle', ...door } },
    { path: '/consent', component: () => import('@/parties/ConsentPage.vue'), meta: { title: 'parties.consentTitle', frameless: true } },
    { path: '/second-step', component: () => import('@/parties/SecondStepPage.vue'), meta: { title: 'parties.factorDue', frameless: true } },
    { path: '/join', component: () => import('@/parties/JoinPage.vue'), meta: { title: 'parties.joinTitle', frameless: true } },
    { path: '/home', component: () => import('@/postings/HomePage.vue'), meta: { title: 'shell.home' } },
    { path: '/postings', component: () => import('@/postings/ListPage.vue'), meta: { title: 'shell.postings' } },
    { path: '/postings/:id(\\d+)', component: () => import('@/postings/PostingPage.vue'), meta: { title: 'postings.one', open: true } },
    { path: '/roll-over', component: () => import('@/postings/RollOverPage.vue'), meta: { title: 'postings.roll.title' } },
    { path: '/publish', component: () => import('@/postings/PublishPage.vue'), meta: { title: 'shell.publish' } },
    { path: '/fits', component: () => import('@/recommending/FitsPage.vue'), meta: { title: 'recommending.fitsAll' } },
    { path: '/introductions', component: () => import('@/introductions/InboxPage.vue'), meta: { title: 'introductions.title' } },
    { path: '/introductions/:id(\\d+)', component: () => import('@/introductions/IntroductionPage.vue'), meta: { title: 'introductions.title' } },
    { path: '/introductions/:id(\\d+)/record', component: () => import('@/introductions/RecordPage.vue'), meta: { title: 'introductions.record' } },
    { path: '/records/:number', component: () => import('@/introductions/CheckPage.vue'), meta: { title: 'introductions.check', open: true } },
    { path: '/search', component: () => import('@/searching/SearchPage.vue'), meta: { title: 'searching.title', open: true } },
    { path: '/search/saved', component: () => import('@/searching/SavedPage.vue'), meta: { title: 'searching.saved' } },
    { path: '/compare', component: () => import('@/recommending/ComparePage.vue'), meta: { title: 'recommending.compare' } },
    { path: '/reviews/:id(\\d+)?', component: () => import('@/reviewing/ReviewPage.vue'), meta: { title: 'reviewing.title' } },
    { path: '/imports', component: () => import('@/importing/ImportsPage.vue'), meta: { title: 'importing.title' } },
    { path: '/imports/:id(\\d+|new)', component: () => import('@/importing/ImportPage.vue'), meta: { title: 'importing.start' } },
    { path: '/organisation/:tab?', component: () => import('@/parties/OrganisationPage.vue'), meta: { title: 'parties.settings' } },
    { path: '/account', component: () => import('@/parties/AccountPage.vue'), meta: { title: 'parties.account' } },
    { path: '/notices', component: () => import('@/mailing/NoticesPage.vue'), meta: { title: 'mailing.title' } },
    { path: '/digests', component: () => import('@/digests/DigestsPage.vue'), meta: { title: 'digests.title' } },
    { path: '/digests/:id(\\d+)', component: () => import('@/digests/DigestPage.vue'), meta: { title: 'digests.one' } },
    { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue'), meta: { title: 'shell.notFound', open: true, frameless: true } },
  ],
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  const who = await loadMe()
  if (to.meta.open) return who && (to.path === '/' || to.path.startsWith('/sign-')) ? '/home' : true
  if (!who) return { path: '/sign-in', query: to.fullPath === '/home' ? {} : { next: to.fullPath } }
  return lacking(to)
})

/** Where a person must go first: to their second step, to the privacy notice, then to an organisation. */
function lacking(to: RouteLocationNormalized): string | true {
  if (secondFactorDue.value) return to.path === '/second-step' || '/second-step'
  if (me.value?.consent_due) return to.path === '/consent' || '/consent'
  if (me.value?.memberships.length === 0) return to.path === '/join' || '/join'
  return true
}

router.afterEach((to) => {
  document.title = `${say(to.meta.title)} · ${say('identity.name')}`
})
