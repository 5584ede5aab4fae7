package names

// Agreement of two words of letters, best first.
type wordFit uint8

const (
	wordSame wordFit = iota
	wordSound
	wordInitial
	wordNear
	wordNone
)

// Weights of words, in bits. Without a census of the world's names the length
// of a word is the best guess at how rare it is.
const (
	wordBitsPerLetter = 1.6
	wordBitsMost      = 11.0
	wordSoundLoss     = 2.5
	wordNearLoss      = 4.0
	wordExtra         = -0.5 // a word that only one name has
)

func wordWeight(w *letterWord) float32 {
	return min(float32(len(w.letters))*wordBitsPerLetter, wordBitsMost)
}

// An alignment pairs the words of one name with those of another.
type alignment struct {
	to   [maxTokens]int8 // the word of the second name, or −1
	fit  [maxTokens]wordFit
	used [maxTokens]bool // words of the second name that have a partner
}

// compareLetters compares names word by word where at least one of them is
// neither Korean nor Chinese. It returns the forms that agreed best.
func compareLetters(a, b *Name) (level Level, weight float32, fa, fb int8) {
	if a.key == b.key {
		return SameCharacters, min(selfWeight(a), selfWeight(b)), 0, 0
	}
	if len(a.letters) == 0 || len(b.letters) == 0 {
		level, weight = compareRomanized(a, b)
		return level, weight, 0, 0
	}
	var al alignment
	for i := range a.letters {
		for j := range b.letters {
			l, w := compareForms(&a.letters[i], &b.letters[j], &al)
			if level == Incomparable || l != Incomparable && (w > weight || w == weight && l > level) {
				level, weight, fa, fb = l, w, int8(i), int8(j)
			}
		}
	}
	return level, max(weight, weightLeast), fa, fb
}

// compareForms aligns the words of two names and judges the alignment.
func compareForms(f, g *letterForm, al *alignment) (Level, float32) {
	// Letters of different scripts have nothing in common; a script without
	// a table is comparable with itself only.
	if !sameAlphabet(f, g) {
		return Incomparable, 0
	}
	if joined(f, g) {
		return Compatible, formWeight(f)
	}
	al.align(f, g)
	fits := [wordNone + 1]int{}
	weight, matched, surname := float32(0), 0, false
	for i := range f.words {
		fits[al.fit[i]]++
		if al.to[i] < 0 {
			continue
		}
		v, w := &f.words[i], &g.words[al.to[i]]
		matched++
		weight += fitWeight(v, w, al.fit[i])
		surname = surname || v.surname && w.surname || len(f.words) == 1 && w.surname || len(g.words) == 1 && v.surname
	}
	shorter, longer := min(len(f.words), len(g.words)), max(len(f.words), len(g.words))
	misses := shorter - matched
	weight += float32(misses)*weightConflict + float32(longer-shorter)*wordExtra
	switch {
	case matched == 0 || misses > 0 && !surname:
		return Conflict, min(weight, weightConflict)
	case misses > 0:
		return SurnameOnly, weight
	case shorter == 1 && longer > 1:
		if surname {
			return SurnameOnly, weight
		}
		return GivenOnly, weight
	case fits[wordNear] > 1:
		return Conflict, weight + weightConflict
	case fits[wordNear] == 1:
		return Near, weight
	case fits[wordInitial] > 0:
		return Initials, weight
	case fits[wordSound] > 0:
		return Ambiguous, weight
	}
	return Compatible, weight
}

// align pairs words, exact agreements first, so that no near word takes a
// place that an exact one needs. The same words are paired in either direction.
func (al *alignment) align(f, g *letterForm) {
	*al = alignment{}
	for i := range f.words {
		al.to[i], al.fit[i] = -1, wordNone
	}
	guess := f.derived || g.derived
	for want := wordSame; want < wordNone; want++ {
		for {
			// Among equals, the pair of the longest words and then of the
			// smallest places goes first.
			bi, bj, best := -1, -1, 0
			for i := range f.words {
				if al.to[i] >= 0 {
					continue
				}
				for j := range g.words {
					if al.used[j] || fitWords(&f.words[i], &g.words[j], guess) != want {
						continue
					}
					size := 64*(len(f.words[i].letters)+len(g.words[j].letters)) - i - j
					if bi < 0 || size > best {
						bi, bj, best = i, j, size
					}
				}
			}
			if bi < 0 {
				break
			}
			al.to[bi], al.fit[bi], al.used[bj] = int8(bj), want, true
		}
	}
}

func formWeight(f *letterForm) float32 {
	w := float32(0)
	for i := range f.words {
		w += wordWeight(&f.words[i])
	}
	return w
}

func sameAlphabet(f, g *letterForm) bool {
	x, y := f.words[0].letters[0], g.words[0].letters[0]
	return scriptOf(x) == scriptOf(y)
}

// joined says that two names are equal but for where their words are divided.
func joined(f, g *letterForm) bool {
	i, x, j, y := 0, 0, 0, 0
	for {
		for i < len(f.words) && x == len(f.words[i].letters) {
			i, x = i+1, 0
		}
		for j < len(g.words) && y == len(g.words[j].letters) {
			j, y = j+1, 0
		}
		if i == len(f.words) || j == len(g.words) {
			return i == len(f.words) && j == len(g.words)
		}
		if f.words[i].letters[x] != g.words[j].letters[y] {
			return false
		}
		x, y = x+1, y+1
	}
}

// fitWords compares two words. Where one is our transliteration, a common
// skeleton makes them agree; otherwise it must not be far off in letters too.
func fitWords(v, w *letterWord, guess bool) wordFit {
	switch {
	case v.initial || w.initial:
		if v.letters[0] != w.letters[0] {
			return wordNone
		}
		if v.initial && w.initial {
			return wordSame
		}
		return wordInitial
	case equalRunes(v.letters, w.letters):
		return wordSame
	}
	limit := 0
	switch n := min(len(v.letters), len(w.letters)); {
	case n >= 8:
		limit = 2
	case n >= 3 && max(len(v.letters), len(w.letters)) >= 4:
		limit = 1
	}
	d := distance(v.letters, w.letters, max(limit, 3))
	if v.skeleton == w.skeleton && len(v.skeleton) >= 2 && (guess || d <= 3 && len(v.skeleton) >= 3) {
		return wordSound
	}
	if d <= limit {
		return wordNear
	}
	return wordNone
}

func equalRunes(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func fitWeight(v, w *letterWord, f wordFit) float32 {
	x := min(wordWeight(v), wordWeight(w))
	switch f {
	case wordSound:
		return x - wordSoundLoss
	case wordInitial:
		return weightInitialFit
	case wordNear:
		return x - wordNearLoss
	}
	return x
}

// compareRomanized compares a Korean or Chinese name in its own script with
// letters that are no romanization of any name: a slip of the pen, or another
// name altogether.
func compareRomanized(a, b *Name) (Level, float32) {
	if len(a.letters) > 0 {
		a, b = b, a
	}
	if len(b.letters) == 0 || len(a.parses) == 0 {
		return Incomparable, 0
	}
	latin := false
	for i := range b.letters {
		f := &b.letters[i]
		if c := f.words[0].letters[0]; c < 'a' || c > 'z' {
			continue
		}
		latin = true
		for system := range romanizers {
			var x, y [maxWord]rune
			row := a.slotsOf(&a.parses[0])
			n := a.romanize(row, system, &x)
			// Surname first, then surname last.
			if m := f.join(0, &y); n > 0 && distance(x[:n], y[:m], slipsAllowed(n)) <= slipsAllowed(n) {
				return Near, selfWeight(a) - romanizedLoss
			}
			if m := f.join(len(f.words)-1, &y); n > 0 && distance(x[:n], y[:m], slipsAllowed(n)) <= slipsAllowed(n) {
				return Near, selfWeight(a) - romanizedLoss
			}
		}
	}
	if !latin {
		return Incomparable, 0
	}
	return Conflict, weightSurname + weightConflict
}

// romanizedLoss is what agreement by letters loses against the syllables'.
const romanizedLoss = 6

// romanizers is how many romanizations compareRomanized tries: Revised, DPRK
// and pinyin.
const romanizers = 3

func slipsAllowed(letters int) int { return max(1, letters/5) }

// romanize writes a row of syllables without gaps; it returns the length, 0 if
// the row has no such romanization.
func (n *Name) romanize(row []slot, system int, out *[maxWord]rune) int {
	at := 0
	for i := range row {
		s := &row[i]
		var pieces [3]string
		if system == 2 {
			pieces[0] = han().pinyin[s.py[0]]
		} else if c := n.bestCandidate(s); c != nil {
			i, v, f := c.hangul.split()
			pieces = [3]string{revisedInitials[i], revisedVowels[v], latinFinals[f]}
			if system == 1 {
				pieces[0], pieces[1] = northInitials[i], northVowels[v]
			}
		}
		if pieces[0]+pieces[1] == "" {
			return 0
		}
		for _, p := range pieces {
			for j := 0; j < len(p) && at < maxWord; j++ {
				out[at] = rune(p[j])
				at++
			}
		}
	}
	return at
}

// join writes the words of a name without gaps, beginning with the one at
// head; it returns the length.
func (f *letterForm) join(head int, out *[maxWord]rune) int {
	at := copy(out[:], f.words[head].letters)
	for i := range f.words {
		if i != head {
			at += copy(out[at:], f.words[i].letters)
		}
	}
	return at
}
