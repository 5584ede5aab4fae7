// Package extract turns the original bytes of a document into text per page:
// plain text in any encoding, HTML, PDF, DOCX, ODT, and e-mail with what is
// attached to it.
//
// Hostile input is the normal input. Every format is read within limits on
// bytes, pages, depth, count and time, nothing is fetched from a network, and
// what cannot be read ends in a sentence that says what is wrong, where, and
// what to do. Extraction never decides whether a document is kept: the caller
// keeps the original first, byte for byte, and a failure here only means that
// there is no text beside it yet.
//
// The text of a page is what statements point into. A position is a number of
// Unicode code points from the start of [Page].Text, so the same bytes must
// give the same text for as long as [Version] stays the same: anything that
// changes the text for some input, a newer PDFium included, raises Version,
// and the caller keeps the text of the old version for the quotes made in it.
//
// The package is not for tables of data (CSV, XLSX), for recognising letters
// in pictures, or for judging what a document says.
//
//	res, err := extract.Extract(ctx, extract.Input{Name: name, R: f, Size: size}, opts)
//	// res.Kind is set even where err is not nil
package extract
