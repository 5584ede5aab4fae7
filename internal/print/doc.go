// Package print sets letters, reports and records: one small model of a
// document, written to HTML, Markdown and PDF.
//
// It is for what leaves the office and may be frozen: the same document gives
// the same bytes on every machine, so that a hash of them stays true. It knows
// blocks (headings, paragraphs, lists, tables, quotes), inline runs, numbered
// notes with links, an address, a date and places for signatures; texts in
// Hangul, Hanzi, Latin with all diacritics, Cyrillic, Greek, Arabic, Hebrew,
// Thai and Lao may be mixed within a line. It is not a page description language and
// has no templates: rooms build documents with Go code.
//
//	doc := print.Document{
//		Title:    "Appeal for the family held in the border town",
//		Language: "en",
//		Date:     "12 June 2001",
//		Address:  []string{"To the Prefecture"},
//		Blocks: []print.Block{
//			print.Heading(1, "What happened"),
//			print.Paragraph(print.Text("Seven people were arrested"), print.NoteRef("report"), print.Text(".")),
//		},
//		Notes: []print.Note{{ID: "report", Runs: []print.Run{print.Text("Report of 10 June 2001.")}}},
//	}
//	page, err := print.HTML(doc)
//
// All functions are pure and safe for concurrent use.
package print
