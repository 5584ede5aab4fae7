package quantity

import (
	"strings"
	"unicode"
)

// A koreanNumber is a number with the kind of numerals it was written in.
type koreanNumber struct {
	amount
	native bool
	sino   bool // in letters
	digit  bool // a single Sino-Korean digit: 사건 is no four of anything
	short  bool // one letter, which may be another word before a space
}

// term reads a number or range with its counter and the hedges behind. ok is
// false, and nothing taken, where the letters turn out to be another word.
func (k *korean) term() (t eastTerm, ok bool, p *problem) {
	start := k.i
	defer func() {
		if !ok {
			k.i = start
		}
	}()
	k.space()
	if a, end := k.plural(); end > 0 {
		k.i = end
		t = eastTerm{h: k.before, a: a}
		t.noun, t.unit = k.follower()
		t.at = k.text(start, k.i)
		return t, true, t.evaluate(nil, false)
	}
	n, found, p := k.number()
	if !found || p != nil {
		return t, false, p
	}
	t = eastTerm{h: k.before, a: n.amount}
	if p := k.some(&t); p != nil {
		return t, false, p
	}
	if p := k.measure(n); p != nil {
		return t, false, p
	}
	counted := k.counter(n, &t)
	if counted {
		k.hedgesAfter(&t)
	}
	second, ordered, ranged, p := k.to(&t, &counted)
	if p != nil {
		return t, false, p
	}
	if !counted && !k.hedgesAfter(&t) && (n.native || n.sino) && !ranged && (!k.stands() || n.short && !k.end()) {
		return t, false, nil // letters of another word
	}
	k.hedgesAfter(&t)
	k.particles()
	if k.take("사이") {
		k.particles()
	}
	t.at = k.text(start, k.i)
	if ranged {
		return t, true, t.evaluate(&second, ordered)
	}
	return t, true, t.evaluate(nil, false)
}

// plural finds a plural without a number, or an unknown number.
func (k *korean) plural() (amount, int) {
	a, end := longest(&k.scanner, koreanMany)
	if end < 0 {
		a, end = longest(&k.scanner, koreanVoid)
	}
	if end > 0 && end < len(k.r) && k.r[end] != ' ' {
		return a, -1
	}
	return a, end
}

// follower takes a noun for people behind "다수의".
func (k *korean) follower() (noun string, unit Unit) {
	k.space()
	start := k.i
	_, end := longest(&k.scanner, koreanNouns)
	if end < 0 {
		if c, e := longest(&k.scanner, koreanCounters); e > 0 && c.unit != Unstated {
			k.i = e
			return k.text(start, e), c.unit
		}
		return "", Unstated
	}
	k.i = end
	k.take("들")
	noun = k.text(start, k.i)
	k.particles()
	return noun, Persons
}

// number reads the number alone: native numerals first, because 세 is three and
// not an age; then digits and Sino-Korean numerals.
func (k *korean) number() (n koreanNumber, ok bool, p *problem) {
	start := k.i
	if a, ok := k.native(); ok {
		return koreanNumber{amount: a, native: true, short: k.i-start == 1}, true, nil
	}
	a, words, ok, p := k.scanner.number(koreanNumerals)
	if p != nil && words && !unicode.IsDigit(k.r[start]) {
		return koreanNumber{}, false, nil
	}
	if !ok || p != nil {
		return koreanNumber{}, false, p
	}
	_, digit := koreanNumerals.digits[k.r[start]]
	short := words && k.i-start == 1
	return koreanNumber{amount: a, sino: words && !unicode.IsDigit(k.r[start]), short: short, digit: short && digit}, true, nil
}

// native reads native numerals: tens, ones, and the pairs of ones.
func (k *korean) native() (amount, bool) {
	tens, ok := takeAdjacent(k, koreanTens)
	ones, two := takeAdjacent(k, koreanOnes)
	switch {
	case !ok && !two:
		return amount{}, false
	case !two:
		if end := k.match("몇"); end > 0 {
			k.i = end // "스물 몇 명"
			return vague(RuleSomeMore, tens+1, tens+9), true
		}
		return number(tens), true
	case !ok:
		return ones, true
	case ones.stated:
		return number(tens + ones.n), true
	}
	return vague(RuleRange, tens+ones.low, tens+ones.high), true
}

// takeAdjacent takes the longest word of a table that follows without a space.
func takeAdjacent[V any](k *korean, table []entry[V]) (value V, ok bool) {
	size := 0
	for _, e := range table {
		w := []rune(e.word)
		if len(w) > size && strings.HasPrefix(string(k.r[k.i:min(k.i+len(w), len(k.r))]), e.word) {
			value, size = e.value, len(w)
		}
	}
	k.i += size
	return value, size > 0
}

// some reads 여 behind the number, and powers behind that: "30여만".
func (k *korean) some(t *eastTerm) *problem {
	save := k.i
	k.space()
	switch r := k.peek(0); {
	case r == '±':
		k.i++
		d, _, ok, p := k.scanner.number(koreanNumerals)
		if p == nil && (!ok || !d.stated || !t.a.stated) {
			p = problemAt(ProblemUnread, "±")
		}
		if p != nil {
			return p
		}
		t.a = amount{n: t.a.n, stated: true, low: max(t.a.n-d.n, 0), high: t.a.n + d.n, rule: RulePlusMinus}
		return nil
	case r != '여', k.match("여성") > 0, k.match("여자") > 0, k.match("여인") > 0, k.match("여학생") > 0:
		k.i = save
		return nil
	}
	k.i++
	if t.a.plain() {
		t.h |= hedgeSomeMore
	}
	e := eastNumber{s: &k.scanner, n: koreanNumerals}
	if mult := e.powers(); mult > 1 && t.a.plain() {
		if t.a.n > MaxStated/mult {
			return &problem{what: ProblemTooLarge}
		}
		t.a = number(t.a.n * mult)
	}
	return nil
}

// measure refuses numbers of kilometres, years, per cent and the like.
func (k *korean) measure(n koreanNumber) *problem {
	if n.native {
		return nil
	}
	what, end := longest(&k.scanner, koreanMeasures)
	_, end2 := longest(&k.scanner, koreanCounters)
	if end < 0 || end2 >= end || n.sino && (!k.standsAt(end) || n.short && k.peek(0) != ' ') {
		return nil
	}
	return problemAt(what, k.text(max(k.i-6, 0), end))
}

// counter reads the counting word if it fits the numerals. A single
// Sino-Korean digit in letters counts in "삼 명" only: 사건 is "case", 이 건 "this
// case", 일명 "alias".
func (k *korean) counter(n koreanNumber, t *eastTerm) bool {
	if !n.sino && k.nounCounted(t) {
		return true
	}
	c, end := longest(&k.scanner, koreanCounters)
	if end < 0 || n.native && !c.native || n.sino && !c.sino && n.stated || n.digit && k.match("명") != end {
		return k.foreign(n, t)
	}
	save := k.i
	if n.digit && k.peek(0) != ' ' {
		return false
	}
	k.i = end
	if !k.countsHere() {
		k.i = save
		return k.foreign(n, t)
	}
	t.unit = c.unit
	if t.unit == Persons && (k.match("가족") > 0 || k.match("가구") > 0 || k.match("일가족") > 0 || k.match("일행") > 0) {
		k.formed() // "5인 가족"
	}
	return true
}

// nounCounted reads a word for people straight behind the number: "두 여성".
func (k *korean) nounCounted(t *eastTerm) bool {
	_, end := longest(&k.scanner, koreanNouns)
	if _, c := longest(&k.scanner, koreanCounters); end < 0 || c >= end {
		return false
	}
	save := k.i
	k.i = end
	k.take("들")
	noun := k.text(save, k.i)
	if !k.countsHere() {
		k.i = save
		return false
	}
	t.unit, t.noun = Persons, noun
	return true
}

// formed reads the group that the persons before it form.
func (k *korean) formed() {
	for _, g := range []entry[Unit]{{"일가족", Families}, {"가족", Families}, {"가구", Households}, {"일행", Groups}} {
		if end := k.match(g.word); end > 0 && k.standsAt(end) {
			k.i, k.group = end, g.value
			return
		}
	}
}

// countsHere tells whether the counter ends here: 명단 and 가족들 go on.
func (k *korean) countsHere() bool {
	if k.stands() {
		return true
	}
	if k.peek(0) == '들' || k.peek(0) == '여' {
		return false
	}
	save := k.i
	defer func() { k.i = save }()
	for _, table := range [][]entry[hedge]{koreanAfter} {
		if _, end := longest(&k.scanner, table); end > 0 {
			return true
		}
	}
	if _, end := longest(&k.scanner, koreanTo); end > 0 {
		return true
	}
	for _, table := range [][]entry[joint]{koreanAnd, koreanOf, koreanPart} {
		if _, end := longest(&k.scanner, table); end > 0 {
			return true
		}
	}
	if k.match("가족") > 0 || k.match("가구") > 0 || k.match("일가족") > 0 || k.match("일행") > 0 || k.match("사이") > 0 {
		return true
	}
	return k.particles()
}

// foreign takes an unknown counter behind digits as a unit of its own, as in
// "3척".
func (k *korean) foreign(n koreanNumber, t *eastTerm) bool {
	if n.native || n.sino || !unicode.Is(unicode.Hangul, k.peek(0)) && !unicode.Is(unicode.Latin, k.peek(0)) {
		return false
	}
	for _, table := range [][]entry[hedge]{koreanAfter} {
		if _, end := longest(&k.scanner, table); end > 0 {
			return false
		}
	}
	if _, end := longest(&k.scanner, koreanTo); end > 0 {
		return false
	}
	start := k.i
	for !k.end() && unicode.IsLetter(k.peek(0)) {
		k.i++
		if _, end := longest(&k.scanner, koreanParticles); end > 0 && k.standsAt(end) {
			break
		}
	}
	t.unit = unknownUnit(k.text(start, k.i))
	t.noun = k.text(start, k.i)
	return true
}

// stands tells whether a word ends here.
func (k *korean) stands() bool { return k.standsAt(k.i) }

func (k *korean) standsAt(i int) bool {
	return i >= len(k.r) || !unicode.IsLetter(k.r[i])
}

// particles takes grammatical endings that carry no number; ok tells whether
// the word ends behind them.
func (k *korean) particles() (ok bool) {
	if k.peek(0) == ' ' {
		return true
	}
	save := k.i
	if _, found := takeLongest(&k.scanner, koreanParticles); found && k.stands() {
		return true
	}
	k.i = save
	return k.stands()
}

// hedgesAfter reads hedges behind the number and reports whether any stood.
func (k *korean) hedgesAfter(t *eastTerm) (any bool) {
	for {
		h, end := longest(&k.scanner, koreanAfter)
		if end < 0 {
			return any
		}
		save := k.i
		k.i = end
		if !k.stands() && !k.particles() && k.match("의") < 0 {
			if _, end := longest(&k.scanner, koreanAfter); end < 0 {
				k.i = save
				return any
			}
		}
		t.h |= h
		any = true
	}
}

// to reads the second end of a range with its counter.
func (k *korean) to(t *eastTerm, counted *bool) (b amount, ordered, ok bool, p *problem) {
	save := k.i
	ordered, end := longest(&k.scanner, koreanTo)
	between := false
	if end < 0 {
		if _, e := longest(&k.scanner, koreanAnd); e > 0 && strings.Contains(string(k.r[e:]), "사이") {
			ordered, end, between = true, e, true
		}
	}
	if end < 0 {
		return b, false, false, nil
	}
	k.i = end
	k.space()
	for _, h := range []string{"최대", "많게는", "약", "최고"} {
		if k.take(h) {
			t.h &^= hedgeAtLeast // "최소 40명에서 최대 60명" is a range
			k.space()
		}
	}
	n, found, p := k.number()
	if !found || p != nil {
		k.i = save
		return b, false, false, p
	}
	second := eastTerm{a: n.amount}
	if p := k.some(&second); p != nil {
		return b, false, false, p
	}
	if k.counter(n, &second) {
		if t.unit != Unstated && second.unit != t.unit {
			k.i = save
			return b, false, false, nil
		}
		t.unit, t.noun, *counted = second.unit, second.noun, true
	} else if !*counted && (n.native || n.sino) && !k.stands() {
		k.i = save
		return b, false, false, nil
	}
	if between && k.match("사이") < 0 {
		k.i = save
		return b, false, false, nil
	}
	return second.a, ordered, true, nil
}
