// What a page shows, asked in the browser. Each function answers with a list of findings, one line each.
(() => {
  const visible = e => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })
    && e.getClientRects().length > 0 && !e.closest('.visually-hidden');
  const named = e => `<${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${e.className && e.className.baseVal === undefined ? '.' + [...e.classList].join('.') : ''}> ${(e.innerText || e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 60)}`;
  const texts = function* () {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());)
      if (node.data.trim() && !node.parentElement.closest('script, style, noscript, template')) yield node;
  };
  const JAPANESE = /[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uff66-\uff9f]/;
  const RUN = /[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f](?:[\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]*[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f])?/g;
  const SENTENCE = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;
  const OPEN = 'script, style, textarea, code, pre, [translate=no]';

  window.look = {
    structure() {
      const found = [];
      const one = (what, selector) => {
        const n = document.querySelectorAll(selector).length;
        if (n !== 1) found.push(`${n} x ${what}`);
      };
      one('h1', 'h1'); one('main', 'main'); one('banner', 'body > header'); one('foot', 'body > footer');
      if (!/\S/.test(document.title) || /^\s*—/.test(document.title)) found.push('no title');
      const first = document.querySelector('a[href], button, input, select, textarea, summary');
      if (!first?.matches('a.skip[href="#main"]')) found.push(`the skip link is not first: ${named(first)}`);
      let level = 1;
      for (const h of document.querySelectorAll('main h1, main h2, main h3, main h4')) {
        const now = +h.tagName[1];
        if (now > level + 1) found.push(`from h${level} to h${now}: ${named(h)}`);
        level = now;
      }
      const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
      for (const id of new Set(ids.filter((x, n) => ids.indexOf(x) !== n))) found.push(`id twice: ${id}`);
      return found;
    },
    // Words of the other language outside a run that says so; in one that was marked by itself, what nobody filed.
    untranslated(filed) {
      const lang = document.documentElement.lang, found = [];
      const wrong = lang === 'en' ? JAPANESE : SENTENCE, other = lang === 'en' ? 'ja' : 'en';
      const known = new Set(filed);
      const whole = e => (e.textContent.match(RUN) ?? []).every(run => known.has(run)); // where a hit is marked in it
      // "imprisonment (拘禁刑)": the statute's own word, kept beside its translation.
      const glossed = e => /[(“"]$/.test(e.previousSibling?.data ?? '') && /^[)”"]/.test(e.nextSibling?.data ?? '');
      for (const e of document.querySelectorAll('[data-filed]'))
        if (!known.has(e.textContent) && !whole(e.parentElement) && !e.closest('[aria-hidden=true]') && !glossed(e)) found.push(`nobody filed: ${e.textContent.slice(0, 80)} in ${named(e.parentElement).slice(0, 40)}`);
      const told = (text, e, what) => {
        const own = e.closest('[lang]').lang;
        if (wrong.test(text) && own !== other && !e.closest(OPEN) && !(text.match(RUN) ?? [text]).every(r => known.has(r))) found.push(`${what}: ${text.trim().slice(0, 80)} in ${named(e).slice(0, 40)}`);
      };
      for (const node of texts()) told(node.data, node.parentElement, 'text');
      for (const e of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
        for (const a of ['title', 'aria-label', 'placeholder', 'alt'])
          if (e.hasAttribute(a)) told(e.getAttribute(a), e, a);
      told(document.title, document.documentElement, 'title');
      return [...new Set(found)].slice(0, 8);
    },
    // Each thing that takes the focus, as by the tabulator: it shows, and nothing lies over it.
    async focus() {
      const found = [], start = document.activeElement;
      const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
        .filter(e => visible(e) && !e.disabled);
      for (const e of all.length > 60 ? [...all.slice(0, 30), ...all.slice(-30)] : all) {
        e.focus({ focusVisible: true });
        if (document.activeElement !== e) continue;
        const style = getComputedStyle(e);
        if ((style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) && style.boxShadow === 'none')
          found.push(`no ring: ${named(e)}`);
        const r = e.getClientRects()[0];
        const x = Math.min(Math.max(r.left + Math.min(r.width / 2, 20), 0), innerWidth - 1), y = Math.min(Math.max(r.top + Math.min(r.height / 2, 12), 0), innerHeight - 1);
        const top = document.elementFromPoint(x, y);
        if (r.width > 1 && (!top || !(top.contains(e) || e.contains(top) || e.labels?.length && [...e.labels].some(l => l.contains(top)))))
          found.push(`hidden under ${top ? named(top).slice(0, 50) : 'the edge'}: ${named(e)}`);
      }
      start?.focus?.();
      scrollTo(0, 0);
      return found.slice(0, 5);
    },
    // Text whose box cuts it off, and what stands wider than the window.
    clipped() {
      const found = [];
      for (const e of document.querySelectorAll('body *')) {
        if (!visible(e) || e.closest('svg, select, textarea, input, [role=listbox]') || e.clientHeight < 2) continue;
        const style = getComputedStyle(e);
        const cut = /hidden|clip/;
        if (cut.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1) found.push(`cut sideways: ${named(e)}`);
        if (cut.test(style.overflowY) && e.scrollHeight > e.clientHeight + 3) found.push(`cut below: ${named(e)}`);
      }
      if (document.documentElement.scrollWidth > innerWidth) found.push(...look.sticksOut());
      return found.slice(0, 8);
    },
    sticksOut() {
      const out = [...document.querySelectorAll('body *')].filter(e => {
        const r = e.getBoundingClientRect();
        return r.width && r.right > innerWidth + 1 && visible(e) && !e.closest('.scroll, [role=listbox]');
      });
      if (!out.length) return [`${document.documentElement.scrollWidth} px of ${innerWidth}: no box sticks out, but a line that cannot be broken`];
      return out.slice(0, 5).map(e => `${Math.round(e.getBoundingClientRect().right)} px of ${innerWidth}: ${named(e)}`);
    },
    // Every text two fifths longer, as a translation may be.
    grow() {
      for (const node of [...texts()]) {
        const text = node.data.trim(), more = text.slice(0, Math.ceil(text.length * 0.4));
        if (!node.parentElement.closest('svg, option, textarea, title, time')) node.data += (/\s/.test(text) ? ' ' : '') + more;
      }
    },
    // Words that cannot be told from what is behind them, where the system sets the colours.
    forced() {
      const found = new Set();
      for (const node of texts()) {
        const e = node.parentElement;
        if (!visible(e) || e.closest('svg')) continue;
        let behind = e;
        while (behind && /^rgba\(.*, 0\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
        if (behind && getComputedStyle(behind).backgroundColor === getComputedStyle(e).color) found.add(`unreadable in forced colours: ${named(e)}`);
      }
      return [...found].slice(0, 5);
    },
    // On paper: no navigation, no controls, the head of the sheet, and no tag that rests on its fill.
    paper() {
      const found = [];
      for (const e of document.querySelectorAll('.bar, .skip, .foot, .tools, .crumbs'))
        if (visible(e) && e.getBoundingClientRect().height > 1) found.push(`on paper: ${named(e)}`);
      for (const e of document.querySelectorAll('.tag'))
        if (visible(e) && !e.textContent.trim()) found.push(`a tag without a word: ${named(e)}`);
      if (document.documentElement.scrollWidth > innerWidth) found.push(...look.sticksOut().map(x => `wider than the sheet: ${x}`));
      return found;
    },
    shift: () => new Promise(done => {
      let sum = 0;
      new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
        .observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => setTimeout(() => done(sum), 30));
    }),
  };
})();
