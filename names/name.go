package names

// System is a set of the ways in which a syllable may have been written.
type System uint8

// The ways of writing a Korean syllable. McCune-Reischauer without its signs
// and the DPRK's spelling are one as far as a syllable shows.
const (
	SystemHangul   System = 1 << iota // the Hangul itself
	SystemHan                         // a Korean reading of a Han character
	SystemRevised                     // Revised Romanization (South Korea, 2000)
	SystemMcCune                      // McCune-Reischauer with ŏ, ŭ and apostrophes
	SystemDPRK                        // DPRK spelling, or McCune-Reischauer without signs
	SystemUsual                       // the usual spelling of a surname: Lee, Park, Choi
	SystemAdHoc                       // a spelling that no system prescribes: Young, Soon
	SystemMandarin                    // Mandarin sound of a character with this reading
)

// ruled are the systems that prescribe a spelling.
const ruled = SystemHangul | SystemHan | SystemRevised | SystemMcCune | SystemDPRK | SystemUsual

// Script is a writing system of a name.
type Script uint8

// The scripts that are told apart.
const (
	ScriptNone Script = iota
	ScriptHangul
	ScriptHan
	ScriptLatin
	ScriptKana
	ScriptCyrillic
	ScriptGreek
	ScriptArabic
	ScriptBurmese
	ScriptOther
)

var scriptNames = [...]string{"none", "Hangul", "Han", "Latin", "kana", "Cyrillic", "Greek", "Arabic", "Burmese", "other"}

// String returns the English name of the script.
func (s Script) String() string { return scriptNames[s] }

// A Name is a personal name with all that its writing may stand for. Read
// makes it; it is immutable and safe for concurrent use.
type Name struct {
	raw   string
	text  []rune // cleaned; slots point into it
	key   string // folded, for "the same characters"
	notes []Note

	parses  []parse
	slots   []slot
	cands   []candidate
	letters []letterForm
	script  Script
	inHan   bool // one of the parses is of Han characters
}

// A parse is one way of taking a name apart into syllables.
type parse struct {
	first   uint16 // of its slots in Name.slots
	slots   uint8
	surname uint8 // how many of the slots, at the head, are the surname
	form    parseForm
	cost    bits8 // how much less probable than certainty
}

type parseForm uint8

const (
	formHangul   parseForm = iota
	formHan                // Han characters: Korean and Mandarin readings together
	formLatin              // a romanization of Korean
	formMandarin           // pinyin or Wade-Giles
)

// A slot is one syllable of a parse, in normal order: surname first.
type slot struct {
	mask     uint64 // hashed classes of the candidates, for a quick no
	han      rune   // the character's class; 0 if not written in Han
	letters  uint32 // the letters its romanizations may begin with; bit 0 is a
	first    uint16 // of its candidates in Name.cands
	from, to uint16 // its writing, in Name.text
	py       [3]pinyin
	n        uint8 // candidates
	kind     slotKind
	info     bits8 // −log2 of the chance of this writing
	same     bits8 // the same, regardless of the system it is written in
}

type slotKind uint8

const (
	slotSyllable slotKind = iota
	slotInitial           // one letter stands for the syllable
	slotMasked            // ○ or *: a syllable withheld
)

// A candidate is a Korean syllable that a slot may stand for.
type candidate struct {
	class  syllable // the Southern form, by which candidates are ordered
	hangul syllable
	cost   bits8 // −log2 of the chance of this writing, given the syllable
	rarity bits8 // −log2 of the chance of the syllable at this place
	system System
}

func (n *Name) slotsOf(p *parse) []slot { return n.slots[p.first : p.first+uint16(p.slots)] }

func (n *Name) candidatesOf(s *slot) []candidate { return n.cands[s.first : s.first+uint16(s.n)] }

func (n *Name) writing(s *slot) string { return string(n.text[s.from:s.to]) }

// String returns the name as it was given.
func (n *Name) String() string { return n.raw }

// Script returns the script of the name, of its first part where it has parts
// in several.
func (n *Name) Script() Script { return n.script }

// Empty says that the name holds no letter at all.
func (n *Name) Empty() bool { return n.script == ScriptNone }

// Key returns the name folded so that two writings with the same key differ
// only in case, width, spaces, punctuation or forms of the same characters.
func (n *Name) Key() string { return n.key }

// bestKorean returns the most probable parse into Korean syllables, or nil.
func (n *Name) bestKorean() *parse {
	var best *parse
	for i := range n.parses {
		p := &n.parses[i]
		if p.form != formMandarin && (best == nil || p.cost < best.cost) {
			best = p
		}
	}
	return best
}

// bestCandidate returns the syllable that s most probably stands for, or nil.
func (n *Name) bestCandidate(s *slot) *candidate {
	var best *candidate
	list := n.candidatesOf(s)
	for i := range list {
		c := &list[i]
		if best == nil || int(c.cost)+int(c.rarity) < int(best.cost)+int(best.rarity) {
			best = c
		}
	}
	return best
}

// surnameOf returns the surname of p in Hangul, in its Southern form, or "".
func (n *Name) surnameOf(p *parse) string {
	var out []rune
	row := n.slotsOf(p)[:p.surname]
	for i := range row {
		c := n.bestCandidate(&row[i])
		if c == nil {
			return ""
		}
		h := c.hangul
		if i == 0 {
			h = c.class
		}
		out = append(out, h.rune())
	}
	return string(out)
}

// A Note is something about the writing that a person should know.
type Note string

// The notes that Read makes.
const (
	NoteTooLong  Note = "longer than 200 characters; only the first 200 were read"
	NoteControls Note = "control or direction characters were removed"
	NoteMixed    Note = "several scripts in one word"
	NoteMasked   Note = "part of the name is withheld"
)

// Notes returns what is odd about the writing of the name.
func (n *Name) Notes() []Note { return n.notes }
