package app

import (
	"context"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser drives a real Chromium whose pages may run no script. What it
// evaluates goes through the debugging protocol, which is outside the page.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string

	mu    sync.Mutex
	asked []string // addresses the pages requested
}

// newBrowser starts Chromium, or skips the test where there is none.
func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium in PATH: install the package chromium to run the browser tests")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("lang", "en"))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, base: base}
	b.must(chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.asked = append(b.asked, e.Request.URL)
		}
	}))
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must(err)
	// Without a screen no window has the focus, which the keyboard needs.
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.must(err)
	return b
}

// patience is how long one step may take before the test says which it was.
const patience = 10 * time.Second

func (b *browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// in returns the same browser reporting to a part of the test.
func (b *browser) in(t *testing.T, part string, fn func()) {
	whole := b.t
	ok := t.Run(part, func(t *testing.T) {
		b.t = t
		defer func() { b.t = whole }()
		fn()
	})
	if !ok {
		t.FailNow() // the parts after this one start where it ended
	}
}

// load does the steps, waits for the page they lead to, and fails unless it
// was answered with 200.
func (b *browser) load(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.t.Fatalf("%v, on %s", err, b.text("body"))
	}
	if res.Status != 200 {
		b.t.Fatalf("%s: %d: %s", res.URL, res.Status, b.text("main"))
	}
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.load(chromedp.Navigate(b.base + path))
}

// click presses what the selector finds and waits for the page it leads to.
func (b *browser) click(sel chromedp.CSS) {
	b.t.Helper()
	b.load(chromedp.Click(sel))
}

// do does steps that stay on the page.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v, on %s: %s", err, b.path(), b.text("body"))
	}
}

// typed is the step of typing words into a field.
func typed(sel chromedp.CSS, words string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(sel, words)
}

// chosen is the step of setting a select to one of its values.
func chosen(sel chromedp.CSS, value string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(sel, value)
}

// ask evaluates an expression about the page.
func ask[T any](b *browser, expr string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expr))
	if err != nil {
		b.t.Fatalf("%s: %v", expr, err)
	}
	return v
}

func (b *browser) text(sel chromedp.CSS) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.TextContent(sel))
	if err != nil {
		b.t.Fatalf("%s on %s: %v", sel, b.path(), err)
	}
	return strings.Join(strings.Fields(s), " ")
}

// path is where the browser is, with query and fragment.
func (b *browser) path() string {
	b.t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	b.must(err)
	return strings.TrimPrefix(at, b.base)
}

// see fails unless the main part of the page shows each of these.
func (b *browser) see(words ...string) {
	b.t.Helper()
	all := b.text("main")
	for _, s := range words {
		if !strings.Contains(all, s) {
			b.t.Fatalf("%s does not show %q; it shows\n%.3000s", b.path(), s, all)
		}
	}
}

const (
	browserPassage = "At the end of July 2001, hundreds of people were sent back across the bridge at 투먼 (Tumen)."
	browserText    = "A note for the file.\n" + browserPassage + "\nNothing else is known of them."
)

// TestBrowser takes a document from the sign-in to a statement that is found
// again, in a real browser whose pages may run no script.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the browser tests are left out of a short run")
	}
	_, w := served(t)
	b := newBrowser(t, w.base)
	var document, page, entity string

	b.in(t, "scripts are off", func() {
		b.do(chromedp.Navigate(`data:text/html,<title>off</title><script>document.title="on"</script>`))
		if got := ask[string](b, "document.title"); got != "off" {
			b.t.Fatalf("the page ran its script: title %q", got)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.asked = nil // of this page, which is not the server's
	})
	b.in(t, "sign in by keyboard", func() {
		b.open("/documents")
		// The field that has the focus when the page opens takes the name.
		b.do(chromedp.WaitReady(chromedp.CSS("input[name=login]:focus")), chromedp.KeyEvent("mina"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(testPass))
		b.load(chromedp.KeyEvent(kb.Enter))
		if at := b.path(); at != "/documents" {
			b.t.Fatalf("signing in led to %s: %s", at, b.text("main"))
		}
	})
	b.in(t, "skip to the content by keyboard", func() {
		b.open("/documents")
		b.do(chromedp.KeyEvent(kb.Tab), chromedp.WaitVisible(chromedp.CSS("a.skip:focus")), chromedp.KeyEvent(kb.Enter))
		b.do(chromedp.WaitReady(chromedp.CSS("main:target")))
	})
	b.in(t, "bring in a document", func() {
		b.open("/documents")
		b.click(`main a[href="/documents/new"]`)
		b.do(chromedp.Click(chromedp.CSS("input[name=compartment][value=general]")), chosen("select[name=kind]", "document.report"),
			typed("input[name=title]", "Note about July"), typed("textarea[name=text]", browserText))
		b.click("main form button.main")
		b.see("Note about July")
		document, _, _ = strings.Cut(b.path(), "?")
		if !strings.HasPrefix(document, "/document/") {
			b.t.Fatalf("bringing in led to %s", document)
		}
	})
	b.in(t, "code a passage", func() {
		b.click(`main a[href$="/page/1"]`)
		page = b.path()
		b.do(typed("textarea[name=words]", browserPassage))
		b.load(chromedp.Click(chromedp.CSS("form:has(textarea[name=words]) button")))
		if got := b.text("blockquote"); got != browserPassage {
			b.t.Fatalf("the passage is %q", got)
		}
		b.do(chosen("select[name=kind]", "act"))
		b.click("main form button.main")
		b.do(typed("input[name=label]", "July returns"), chosen(`select[name="f.act.kind.0"]`, "return"),
			typed(`input[name="f.act.date.0"]`, "end of July 2001"), typed(`input[name="f.act.count.0"]`, "hundreds of people"))
		b.click("button[name=step][value=preview]")
		preview := b.text("section.preview")
		for _, s := range []string{"forced return", "end of July 2001", "2001-07-21", "2001-07-31", "hundreds of people", "200"} {
			if !strings.Contains(preview, s) {
				b.t.Errorf("the preview does not show %q: %s", s, preview)
			}
		}
		b.click("button[name=step][value=save]")
		entity, _, _ = strings.Cut(b.path(), "?")
		if !strings.HasPrefix(entity, "/entity/") {
			b.t.Fatalf("recording led to %s: %s", entity, b.text("main"))
		}
		b.see("July returns", "end of July 2001", "hundreds of people", browserPassage)
	})
	b.in(t, "back to the passage", func() {
		b.click(`.st a[href*="#s-"]`)
		at, fragment, _ := strings.Cut(b.path(), "#")
		if at != page || fragment == "" {
			b.t.Fatalf("the link of the passage led to %s#%s, not to a place on %s", at, fragment, page)
		}
		if !ask[bool](b, `document.querySelector(":target") !== null && document.querySelector(":target").id === location.hash.slice(1)`) {
			b.t.Fatalf("%s has no element %q", at, fragment)
		}
		if got := ask[string](b, `document.querySelector(":target").closest("li").textContent`); !strings.Contains(got, "July 2001") {
			b.t.Errorf("the place is the line %q", got)
		}
	})
	b.in(t, "search a Korean word of two characters", func() {
		b.do(typed("#find", "투먼"))
		b.click("form.find button")
		if n := ask[int](b, `document.querySelectorAll("ol.hits > li").length`); n == 0 {
			b.t.Fatalf("no hits: %s", b.text("main"))
		}
		if got := b.text("ol.hits mark"); got != "투먼" {
			b.t.Errorf("the hit marks %q", got)
		}
	})
	b.in(t, "360 pixels wide", func() {
		b.narrow()
		for _, p := range []string{"/", "/documents", "/documents/new", document, page, entity, "/list/act", "/list/event", "/code?kind=act",
			"/search?q=" + url.QueryEscape("투먼"), "/words", "/users", "/audit", "/letters", "/figures"} {
			b.open(p)
			b.fits(p)
		}
	})
	b.in(t, "Korean interface", func() {
		b.open("/documents")
		b.click("footer button[name=lang][value=ko]")
		if got := ask[string](b, "document.documentElement.lang"); got != "ko" || b.path() != "/documents" {
			b.t.Fatalf("%s is in %q after choosing Korean", b.path(), got)
		}
		for p, word := range map[string]string{"/": "기록", "/documents/new": "글 붙여 넣기", entity: "강제송환", "/code?kind=act": "행위의 종류"} {
			b.open(p)
			b.see(word)
			b.fits(p)
		}
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.asked) < 20 {
		t.Errorf("only %d requests were seen: %q", len(b.asked), b.asked)
	}
	for _, u := range b.asked {
		if u != w.base && !strings.HasPrefix(u, w.base+"/") {
			t.Errorf("a page asked for %s, which is not the server's", u)
		}
	}
}

// narrow makes the window that of a small telephone.
func (b *browser) narrow() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 1, Mobile: true})
	b.must(err)
}

// fits fails if the page, with all that unfolds unfolded, scrolls sideways,
// naming what sticks out.
func (b *browser) fits(path string) {
	b.t.Helper()
	ask[int](b, `[...document.querySelectorAll("details")].map(d => d.open = true).length`)
	if got := ask[int](b, "document.documentElement.clientWidth"); got != 360 {
		b.t.Errorf("%s is laid out %d pixels wide, not 360", path, got)
	}
	if got := ask[int](b, "document.documentElement.scrollWidth"); got > 360 {
		b.t.Errorf("%s scrolls sideways: it is %d pixels wide; these stick out: %s", path, got, ask[string](b,
			`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 360.5).slice(0, 8).map(e => e.tagName + "." + e.className + "#" + e.id + " " + Math.round(e.getBoundingClientRect().right)).join(", ")`))
	}
}
