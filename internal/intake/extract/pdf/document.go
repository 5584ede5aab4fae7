package pdf

import (
	"errors"
	"fmt"
	"image"
	"math"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

const (
	maxObjects = 2_000  // page objects looked at to find a picture
	maxNotes   = 2_000  // annotations looked at to count remarks
	maxSide    = 16_384 // pixels of a side of a picture
)

// document is one open file in a fresh instance of PDFium, so that nothing of
// one document is in memory that PDFium can see while it reads the next.
type document struct {
	pdf    pdfium.Pdfium
	ref    references.FPDF_DOCUMENT
	source *remoteFile
}

// open opens a file. Errors are pdfiumerrors, or errEngine.
func (e *engine) open(r *remoteFile, req openRequest) (*document, openReply, error) {
	inst, err := e.pool.GetInstance(time.Minute)
	if err != nil {
		return nil, openReply{}, fmt.Errorf("%w: %w", errEngine, err)
	}
	d := &document{pdf: inst, source: r}
	open := &requests.OpenDocument{FileReader: r, FileReaderSize: req.Size}
	if req.Password != "" {
		open.Password = &req.Password
	}
	doc, err := inst.OpenDocument(open)
	if err != nil {
		d.close()
		return nil, openReply{}, classify(err)
	}
	d.ref = doc.Document
	n, err := inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		d.close()
		return nil, openReply{}, classify(err)
	}
	return d, openReply{Pages: n.PageCount, Language: d.language(), Meta: d.meta()}, nil
}

// close gives the instance and its memory back.
func (d *document) close() {
	_ = d.pdf.Close() // the instance is thrown away either way
}

// language is the language stated for the whole document, if any.
func (d *document) language() string {
	l, err := d.pdf.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: d.ref})
	if err != nil {
		return "" // most documents state none
	}
	return l.Language
}

// meta reads the document information dictionary.
func (d *document) meta() map[string]string {
	m, err := d.pdf.GetMetaData(&requests.GetMetaData{Document: d.ref})
	if err != nil {
		return nil // a damaged dictionary says nothing about the pages
	}
	out := map[string]string{}
	for _, t := range m.Tags {
		out[t.Tag] = t.Value
	}
	return out
}

// text reads the text of a page as PDFium orders it, with what was filled into
// forms and written onto the page.
func (d *document) text(req textRequest) (reply textReply, err error) {
	page, err := d.load(req.Page)
	if err != nil {
		return textReply{}, err
	}
	// The page may have been loaded anew below.
	defer func() { err = errors.Join(err, d.unload(page)) }()
	if count, err := d.pdf.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: byRef(&page)}); err == nil && count.Count > 0 {
		reply.Notes = d.notes(&page, count.Count)
		if page, err = d.flatten(page, req.Page); err != nil {
			return textReply{}, err
		}
	}
	if reply.Text, reply.Cut, err = d.chars(page, req.MaxChars); err != nil {
		return textReply{}, err
	}
	if reply.Text == "" {
		reply.Images = d.hasImage(page)
	}
	if l, err := d.pdf.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: d.ref, Page: req.Page}); err == nil {
		reply.Label = l.Label
	}
	return reply, nil
}

func byRef(p *references.FPDF_PAGE) requests.Page { return requests.Page{ByReference: p} }

func (d *document) load(index int) (references.FPDF_PAGE, error) {
	p, err := d.pdf.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: index})
	if err != nil {
		return "", classify(err)
	}
	return p.Page, nil
}

func (d *document) unload(page references.FPDF_PAGE) error {
	if page == "" {
		return nil
	}
	if _, err := d.pdf.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page}); err != nil {
		return fmt.Errorf("%w: close page: %w", errEngine, err)
	}
	return nil
}

// flatten draws form fields and annotations into the page, in memory only, so
// that the answers on a filled form are text like any other. The page must be
// loaded anew to see them.
func (d *document) flatten(page references.FPDF_PAGE, index int) (references.FPDF_PAGE, error) {
	f, err := d.pdf.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: byRef(&page), Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil {
		return page, classify(err)
	}
	if f.Result != responses.FPDFPage_FlattenResultSuccess {
		return page, nil // nothing to draw, or a damaged annotation: the page itself is still there
	}
	if err := d.unload(page); err != nil {
		return "", err
	}
	return d.load(index)
}

// notes counts the remarks that readers pinned to the page.
func (d *document) notes(page *references.FPDF_PAGE, count int) int {
	n := 0
	for i := range min(count, maxNotes) {
		a, err := d.pdf.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: byRef(page), Index: i})
		if err != nil {
			continue // a damaged annotation is not a remark
		}
		s, err := d.pdf.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		if err == nil && s.Subtype == enums.FPDF_ANNOT_SUBTYPE_TEXT {
			n++
		}
		_, _ = d.pdf.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation}) // freed with the page at the latest
	}
	return n
}

// chars reads at most limit UTF-16 units of a page's text.
func (d *document) chars(page references.FPDF_PAGE, limit int) (text string, wasCut bool, err error) {
	tp, err := d.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: byRef(&page)})
	if err != nil {
		return "", false, classify(err)
	}
	defer func() {
		if _, cerr := d.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: tp.TextPage}); cerr != nil && err == nil {
			err = classify(cerr)
		}
	}()
	n, err := d.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: tp.TextPage})
	if err != nil {
		return "", false, classify(err)
	}
	if n.Count <= 0 {
		return "", false, nil
	}
	t, err := d.pdf.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: tp.TextPage, Count: min(n.Count, limit)})
	if err != nil {
		return "", false, classify(err)
	}
	return t.Text, n.Count > limit, nil
}

// hasImage tells whether there is a picture among the first objects of a page.
func (d *document) hasImage(page references.FPDF_PAGE) bool {
	n, err := d.pdf.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: byRef(&page)})
	if err != nil {
		return false
	}
	for i := range min(n.Count, maxObjects) {
		o, err := d.pdf.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: byRef(&page), Index: i})
		if err != nil {
			continue
		}
		t, err := d.pdf.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		// Scanners often wrap the picture in a form object.
		if err == nil && (t.Type == enums.FPDF_PAGEOBJ_IMAGE || t.Type == enums.FPDF_PAGEOBJ_FORM) {
			return true
		}
	}
	return false
}

// render draws a page with its annotations. The pixels are RGBA with straight
// alpha, in memory of their own.
func (d *document) render(req renderRequest) (w, h int, pixels []byte, err error) {
	page, err := d.load(req.Page)
	if err != nil {
		return 0, 0, nil, err
	}
	defer func() { err = errors.Join(err, d.unload(page)) }()
	size, err := d.pdf.GetPageSize(&requests.GetPageSize{Page: byRef(&page)})
	if err != nil {
		return 0, 0, nil, classify(err)
	}
	w, h, ok := pixelSize(size.Width, size.Height, req.DPI, req.MaxPixels)
	if !ok {
		return 0, 0, nil, pdfiumerrors.ErrPage
	}
	r, err := d.pdf.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: byRef(&page), Width: w, Height: h, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return 0, 0, nil, classify(err)
	}
	defer r.Cleanup()
	img, ok := r.Result.RenderedImage.(*image.RGBA)
	if !ok || r.Result.Width <= 0 || r.Result.Height <= 0 || len(img.Pix) < r.Result.Width*r.Result.Height*4 {
		return 0, 0, nil, fmt.Errorf("%w: no picture of the page", errEngine)
	}
	w, h = r.Result.Width, r.Result.Height
	pixels = make([]byte, 0, w*h*4)
	for y := range h {
		pixels = append(pixels, img.Pix[y*img.Stride:y*img.Stride+w*4]...)
	}
	return w, h, pixels, nil
}

// pixelSize is the size of a page of so many points at a resolution, made
// smaller where it would have more than so many pixels. A page may claim any
// size.
func pixelSize(width, height float64, dpi, maxPixels int) (w, h int, ok bool) {
	if !(width > 0 && height > 0 && width < 1e7 && height < 1e7) { // false for NaN too
		return 0, 0, false
	}
	scale := float64(dpi) / 72
	if area := width * height * scale * scale; area > float64(maxPixels) {
		scale *= math.Sqrt(float64(maxPixels) / area)
	}
	scale = min(scale, maxSide/max(width, height))
	w, h = max(1, int(width*scale)), max(1, int(height*scale))
	return w, h, w*h <= maxPixels
}

// classify tells what PDFium says about the document from what says that
// PDFium itself is broken, a trap or a panic in the sandbox.
func classify(err error) error {
	for _, known := range []error{
		pdfiumerrors.ErrUnknown, pdfiumerrors.ErrFile, pdfiumerrors.ErrFormat,
		pdfiumerrors.ErrPassword, pdfiumerrors.ErrSecurity, pdfiumerrors.ErrPage,
	} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", errEngine, err)
}
