package print

import "unicode"

// Arabic letters are drawn as presentation forms, since the PDF writer knows no
// font's joining rules. The forms of a letter stand in the order isolated,
// final, initial, medial from its first code point on; letters that only join
// to the letter before them have the first two (Unicode Standard, chapter 9.2
// and the code charts FB50 and FE70).

// joining says to which sides a letter joins.
type joining uint8

const (
	joinsNot    joining = iota
	joinsRight          // to the letter before it only
	joinsBoth           // to both sides
	joinsCauses         // has one form, but makes its neighbours join
	joinsSkips          // a mark: looked through
)

// form is a letter's first presentation form and its joining.
type form struct {
	first rune
	joining
}

var arabicForms = map[rune]form{
	0x0621: {0xFE80, joinsNot}, 0x0622: {0xFE81, joinsRight}, 0x0623: {0xFE83, joinsRight},
	0x0624: {0xFE85, joinsRight}, 0x0625: {0xFE87, joinsRight}, 0x0626: {0xFE89, joinsBoth},
	0x0627: {0xFE8D, joinsRight}, 0x0628: {0xFE8F, joinsBoth}, 0x0629: {0xFE93, joinsRight},
	0x062A: {0xFE95, joinsBoth}, 0x062B: {0xFE99, joinsBoth}, 0x062C: {0xFE9D, joinsBoth},
	0x062D: {0xFEA1, joinsBoth}, 0x062E: {0xFEA5, joinsBoth}, 0x062F: {0xFEA9, joinsRight},
	0x0630: {0xFEAB, joinsRight}, 0x0631: {0xFEAD, joinsRight}, 0x0632: {0xFEAF, joinsRight},
	0x0633: {0xFEB1, joinsBoth}, 0x0634: {0xFEB5, joinsBoth}, 0x0635: {0xFEB9, joinsBoth},
	0x0636: {0xFEBD, joinsBoth}, 0x0637: {0xFEC1, joinsBoth}, 0x0638: {0xFEC5, joinsBoth},
	0x0639: {0xFEC9, joinsBoth}, 0x063A: {0xFECD, joinsBoth}, 0x0641: {0xFED1, joinsBoth},
	0x0642: {0xFED5, joinsBoth}, 0x0643: {0xFED9, joinsBoth}, 0x0644: {0xFEDD, joinsBoth},
	0x0645: {0xFEE1, joinsBoth}, 0x0646: {0xFEE5, joinsBoth}, 0x0647: {0xFEE9, joinsBoth},
	0x0648: {0xFEED, joinsRight}, 0x0649: {0xFEEF, joinsBoth}, 0x064A: {0xFEF1, joinsBoth},
	// Persian, Urdu, Sindhi, Kurdish, Uyghur, Kazakh.
	0x0671: {0xFB50, joinsRight}, 0x067B: {0xFB52, joinsBoth}, 0x067E: {0xFB56, joinsBoth},
	0x0680: {0xFB5A, joinsBoth}, 0x067A: {0xFB5E, joinsBoth}, 0x067F: {0xFB62, joinsBoth},
	0x0679: {0xFB66, joinsBoth}, 0x06A4: {0xFB6A, joinsBoth}, 0x06A6: {0xFB6E, joinsBoth},
	0x0684: {0xFB72, joinsBoth}, 0x0683: {0xFB76, joinsBoth}, 0x0686: {0xFB7A, joinsBoth},
	0x0687: {0xFB7E, joinsBoth}, 0x068D: {0xFB82, joinsRight}, 0x068C: {0xFB84, joinsRight},
	0x068E: {0xFB86, joinsRight}, 0x0688: {0xFB88, joinsRight}, 0x0698: {0xFB8A, joinsRight},
	0x0691: {0xFB8C, joinsRight}, 0x06A9: {0xFB8E, joinsBoth}, 0x06AF: {0xFB92, joinsBoth},
	0x06B3: {0xFB96, joinsBoth}, 0x06B1: {0xFB9A, joinsBoth}, 0x06BA: {0xFB9E, joinsRight},
	0x06BB: {0xFBA0, joinsBoth}, 0x06C0: {0xFBA4, joinsRight}, 0x06C1: {0xFBA6, joinsBoth},
	0x06BE: {0xFBAA, joinsBoth}, 0x06D2: {0xFBAE, joinsRight}, 0x06D3: {0xFBB0, joinsRight},
	0x06AD: {0xFBD3, joinsBoth}, 0x06C7: {0xFBD7, joinsRight}, 0x06C6: {0xFBD9, joinsRight},
	0x06C8: {0xFBDB, joinsRight}, 0x06CB: {0xFBDE, joinsRight}, 0x06C5: {0xFBE0, joinsRight},
	0x06C9: {0xFBE2, joinsRight}, 0x06D0: {0xFBE4, joinsBoth}, 0x06CC: {0xFBFC, joinsBoth},
	// Uyghur and Kazakh ae looks like the isolated and final heh.
	0x06D5: {0xFEE9, joinsRight},
	// The stroke that lengthens a word.
	0x0640: {0x0640, joinsCauses},
}

// lamAlef are the ligatures of lam with an alef, isolated; final follows.
var lamAlef = map[rune]rune{0x0622: 0xFEF5, 0x0623: 0xFEF7, 0x0625: 0xFEF9, 0x0627: 0xFEFB}

const (
	lam         = 0x0644
	alefMaksura = 0x0649
	joiner      = 0x200D
)

func joiningOf(r rune) joining {
	if f, ok := arabicForms[r]; ok {
		return f.joining
	}
	switch {
	case r == joiner:
		return joinsCauses
	case unicode.Is(unicode.Mn, r):
		return joinsSkips
	}
	return joinsNot
}

// shape returns for each character of a text in logical order the character to
// draw: joined forms for Arabic letters, everything else as it is. A zero means
// that the character is already drawn by the one before it.
func shape(text []rune) []rune {
	out := make([]rune, len(text))
	copy(out, text)
	for i, r := range text {
		f, ok := arabicForms[r]
		if !ok || f.joining == joinsCauses || out[i] == 0 {
			continue
		}
		before := joinsForward(text, i)
		if r == lam {
			if next := skipMarks(text, i, +1); next >= 0 && lamAlef[text[next]] != 0 {
				out[i] = lamAlef[text[next]]
				if before {
					out[i]++
				}
				out[next] = 0
				continue
			}
		}
		after := f.joining == joinsBoth && joinsBackward(text, i)
		out[i] = f.joined(r, before, after)
	}
	return out
}

// joined picks the form of a letter.
func (f form) joined(r rune, before, after bool) rune {
	switch {
	case after && r == alefMaksura: // its joining forms stand elsewhere
		if before {
			return 0xFBE9
		}
		return 0xFBE8
	case after && before:
		return f.first + 3
	case after:
		return f.first + 2
	case before && f.joining != joinsNot:
		return f.first + 1
	}
	return f.first
}

// joinsForward reports whether what stands before position i joins to it.
func joinsForward(text []rune, i int) bool {
	k := skipMarks(text, i, -1)
	if k < 0 {
		return false
	}
	switch joiningOf(text[k]) {
	case joinsBoth, joinsCauses:
		return true
	}
	return false
}

// joinsBackward reports whether what stands after position i joins to it.
func joinsBackward(text []rune, i int) bool {
	k := skipMarks(text, i, +1)
	if k < 0 {
		return false
	}
	switch joiningOf(text[k]) {
	case joinsRight, joinsBoth, joinsCauses:
		return true
	}
	return false
}

// skipMarks finds the nearest position in a direction that is no mark, or -1.
func skipMarks(text []rune, i, step int) int {
	for k := i + step; k >= 0 && k < len(text); k += step {
		if joiningOf(text[k]) != joinsSkips {
			return k
		}
	}
	return -1
}
