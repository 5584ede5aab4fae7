package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"asylon/internal/fault"
)

// Format is an image format that a picture of a page can have.
type Format string

// The formats. PNG is exact, and small for pages of text; JPEG is a tenth of
// the size for scans.
const (
	PNG  Format = "image/png"
	JPEG Format = "image/jpeg"
)

// jpegQuality keeps small print legible.
const jpegQuality = 82

// The resolutions that RenderPage takes.
const (
	MinDPI = 18
	MaxDPI = 600
)

// Picture is a picture of a page.
type Picture struct {
	Format        Format // also its media type
	Width, Height int    // pixels
	Data          []byte
}

// RenderRequest asks for a picture of a page.
type RenderRequest struct {
	R        io.ReaderAt
	Size     int64
	Password string
	Page     int // from 1
	DPI      int // from MinDPI to MaxDPI; lowered where the page would have too many pixels
	Format   Format
}

// RenderPage draws a page with what was written onto it. Only pixels come out
// of the child, and the image is encoded here, so that it holds nothing of the
// original's bytes. Pages past the last are not found; other errors are those
// of ReadPDF.
func (r *Reader) RenderPage(ctx context.Context, req RenderRequest) (Picture, error) {
	if req.DPI < MinDPI || req.DPI > MaxDPI {
		return Picture{}, fault.Invalid("a resolution of %d dpi: choose one from %d to %d", req.DPI, MinDPI, MaxDPI)
	}
	if req.Format != PNG && req.Format != JPEG {
		return Picture{}, fault.Invalid("image format %q: choose %s or %s", req.Format, PNG, JPEG)
	}
	s := &session{r: r, src: source{req.R, req.Size}, password: req.Password}
	defer s.done()
	if err := s.open(ctx); err != nil {
		return Picture{}, fromOpen(err, req.Password)
	}
	if req.Page < 1 || req.Page > s.info.Pages {
		return Picture{}, fault.NotFound("page %d: the document has pages 1 to %d", req.Page, s.info.Pages)
	}
	var payload []byte
	err := s.do(ctx, func(p *process) (err error) {
		payload, err = p.exchange(ctx, r.opt.PageTime, msgRender,
			renderRequest{Page: req.Page - 1, DPI: req.DPI, MaxPixels: r.opt.Pixels}, msgPixels, &s.src)
		return err
	})
	if err != nil {
		return Picture{}, fromPage(err, req)
	}
	return r.encode(payload, req.Format)
}

// fromPage turns what went wrong with a picture into a fault.
func fromPage(err error, req RenderRequest) error {
	if ctxErr := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded); ctxErr || errors.As(err, new(sourceError)) {
		return fromOpen(err, req.Password)
	}
	return fault.Wrap(fault.KindInvalid, err, fmt.Sprintf("page %d has no picture: %s", req.Page, pageProblem(err)))
}

// encode makes an image of pixels from a child, on white.
func (r *Reader) encode(payload []byte, format Format) (Picture, error) {
	if len(payload) < 8 {
		return Picture{}, fmt.Errorf("picture of a page: %w", errFrame)
	}
	w, h := int64(binary.BigEndian.Uint32(payload)), int64(binary.BigEndian.Uint32(payload[4:]))
	pixels := payload[8:]
	if w == 0 || h == 0 || w > maxSide || h > maxSide || w*h > int64(r.opt.Pixels) || w*h*4 != int64(len(pixels)) {
		return Picture{}, fmt.Errorf("picture of a page: %w: %d by %d", errFrame, w, h)
	}
	rect := image.Rect(0, 0, int(w), int(h))
	drawn := &image.NRGBA{Pix: pixels, Stride: int(w) * 4, Rect: rect}
	img := image.NewRGBA(rect)
	draw.Draw(img, rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(img, rect, drawn, image.Point{}, draw.Over)

	var buf bytes.Buffer
	var err error
	if format == PNG {
		err = png.Encode(&buf, img)
	} else {
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return Picture{}, fmt.Errorf("encode picture of a page: %w", err)
	}
	return Picture{Format: format, Width: int(w), Height: int(h), Data: buf.Bytes()}, nil
}
