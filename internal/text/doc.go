// Package text folds and cuts text into tokens for searching, in one way for
// every engine: what SQLite's FTS5 finds, PostgreSQL's tsvector finds, and
// [Match] finds in memory.
//
// # Folding
//
// Text is brought to Unicode's compatibility form NFKC (which also joins
// conjoining Jamo and levels full and half width), to lower case, and freed of
// the marks of Latin, Greek, Arabic and Hebrew letters: Ŏ is o, ế is e, أ is ا.
// Digits of all scripts become 0–9. Characters that only steer the display
// (direction marks, joiners, soft hyphens, controls) vanish. Simplified and
// traditional Han characters stay apart, as do й and и, が and か, for they are
// different letters.
//
// # Tokens
//
// Scripts that write spaces between words give one token for each word. An
// apostrophe within a word vanishes, so that the romanization Ch'ŏngjin is found
// as chongjin; an English 's goes with it; l', d', qu' and their like become
// tokens of their own. A hyphen separates.
//
// Han, Hangul, kana, Thai, Lao, Khmer and Burmese, where words are not marked
// off or carry endings, give overlapping pairs of characters: 강제송환 becomes
// 강제 제송 송환 and, as every run of such characters ends with its last one
// alone, 환. Each character thus starts exactly one token. A query of two
// characters or more is a phrase of pairs and finds them anywhere, also inside a
// word; a query of one character is a prefix search and finds it anywhere, too.
//
// A token consists of letters and digits only, none of which an engine folds,
// splits or escapes any further: SQLite's tokenizer is to be set to "unicode61
// remove_diacritics 0", and tsvector and tsquery are given as literals. A letter
// or mark that unicode61 might not keep is spelled in two private-use
// characters.
//
// The package does not stem, does not know languages, and ranks nothing. It does
// not find 강제 송환 where 강제송환 is asked for.
//
//	q, err := text.Parse(`"강제 송환" 투먼 -훈춘 OR tumen*`)
//	if err != nil {
//		return err
//	}
//	rows, err := db.Query(`select id from page_fts where page_fts match ?`, q.FTS5())
//
// [Version] must grow with every change that makes other tokens of the same
// text; indexes built under another version are to be rebuilt.
package text

// Version numbers the rules of folding and cutting. Unicode's tables, which
// come with Go and golang.org/x/text, are part of them.
const Version = 1
