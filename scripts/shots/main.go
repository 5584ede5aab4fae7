// Command shots takes pictures of pages in headless Chromium, to be looked at
// and for the README: for each path, wide and light, wide and dark, and 360
// pixels wide; scripts are off.
//
//	go run ./scripts/shots -base http://127.0.0.1:7411 -cookie VALUE -out DIR /documents /list/act
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

func main() {
	base := flag.String("base", "http://127.0.0.1:7411", "address of the server")
	cookie := flag.String("cookie", "", "value of the sign-in cookie")
	out := flag.String("out", "shots", "folder for the pictures")
	lang := flag.String("lang", "", "language of the interface")
	kinds := flag.String("kinds", "light,dark,narrow", "which pictures")
	flag.Parse()
	if err := run(*base, *cookie, *out, *lang, strings.Split(*kinds, ","), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(base, cookie, out, lang string, kinds, paths []string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	actx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(actx)
	defer cancel()
	host := strings.TrimPrefix(base, "http://")
	host, _, _ = strings.Cut(host, ":")
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		return err
	}
	for name, v := range map[string]string{"asylon": cookie, "asylon_lang": lang} {
		if v == "" {
			continue
		}
		if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: v, Domain: host, Path: "/"}); err != nil {
			return err
		}
	}
	for _, p := range paths {
		for _, kind := range kinds {
			width, scheme := int64(1280), "light"
			switch kind {
			case "dark":
				scheme = "dark"
			case "narrow":
				width = 360
			}
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			if err != nil {
				return err
			}
			_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500})
			if err != nil {
				return err
			}
			if err := chromedp.Do(ctx, chromedp.Navigate(base+p)); err != nil {
				return fmt.Errorf("%s: %w", p, err)
			}
			png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				return fmt.Errorf("%s: %w", p, err)
			}
			name := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(p), "-")
			if name == "" {
				name = "home"
			}
			if len(name) > 60 {
				name = name[:60]
			}
			if err := os.WriteFile(filepath.Join(out, name+"-"+kind+".png"), png, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
