// Before the first paint: colours, size and language as this reader left them, so that nothing flashes.
;(function () {
  var root = document.documentElement
  var kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('rongqiao.look') || '{}')
  } catch (_) {
    kept = {}
  }
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.toggle('dark', dark)
  root.classList.toggle('large', kept.size === 'large')
  root.lang = kept.language === 'en' ? 'en' : 'zh-CN'
})()
