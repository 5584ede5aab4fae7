// Package pdf reads PDF files: their text per page, and pictures of pages for
// scans. It is the only importer of PDFium.
//
// A PDF from a stranger is the likeliest way to attack a case office, so the
// file is never parsed in the process that holds keys. PDFium runs compiled to
// WebAssembly, which confines what a hostile file makes it do to its own
// memory, and that runs in a child process: the same binary started again,
// with an empty environment, no network, no files to open, and bounded memory,
// driven over its standard input and output. The child asks for the bytes of
// the document piece by piece and answers with text or pixels; whatever it says
// is checked as if it came from the file. A child that crashes, takes too long
// or grows too large is ended and replaced; the page that did it is skipped
// with a warning. Children stay for the next document and end when idle.
//
// Every program that makes a [Reader] must let children begin their work, as
// the first thing it does:
//
//	func main() {
//		pdf.ChildMain() // returns at once unless this process is such a child
//		...
//	}
//
// A test binary does the same in TestMain.
package pdf
