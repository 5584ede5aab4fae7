package quantity

import (
	"strings"
	"unicode"
)

// korean reads one Korean phrase from left to right. What is counted stands
// before the number there, so unknown words are collected as they come.
type korean struct{ eastPhrase }

// readKorean reads a clean Korean phrase.
func readKorean(text string) (*draft, *problem) {
	k := &korean{}
	k.r = []rune(text)
	if p := k.none(); p != nil || k.have {
		return &k.draft, p
	}
	for !k.end() {
		if p := k.step(); p != nil {
			return nil, p
		}
	}
	d, p := k.finish(koreanDenials, koreanShares, koreanPartials)
	if p == nil {
		k.nouns()
	}
	return d, p
}

// none reads a claim of zero, which may stand anywhere: "송환된 사람은 아무도 없다".
func (k *korean) none() *problem {
	for k.i = 0; !k.end(); k.i++ {
		start := k.i > 0 && k.r[k.i-1] != ' '
		u, end := longest(&k.scanner, koreanNone)
		if end < 0 || start || k.peek(0) == ' ' {
			continue
		}
		rest := string(k.r[end:])
		if strings.ContainsAny(string(k.r), "0123456789") || koreanUnclear(string(k.r)) || !anyOf(rest+"없", "없 않 못") {
			break
		}
		k.have = true
		k.draft.value, _ = meaning(0, number(0))
		k.draft.unit, k.draft.at = u, k.text(k.i, end)
		k.draft.unread = k.text(0, k.i)
		return nil
	}
	k.i = 0
	return nil
}

// koreanUnclear tells whether the words say that the number is not known.
func koreanUnclear(text string) bool {
	return anyOf(strings.ReplaceAll(text, " ", ""), "알수없 알려지지않 확인되지않 미상 불명 모르 모름 모른 알지못")
}

// step reads one thing: a sign, a rate, a period, a hedge, a number, a word.
func (k *korean) step() *problem {
	k.space()
	if k.end() {
		return nil
	}
	start := k.i
	switch r := k.peek(0); {
	case strings.ContainsRune(",.()[]:;\"'·/", r):
		if k.perSign() {
			return nil
		}
		k.bracket(r)
		k.i++
		return nil
	case r == '-' && unicode.IsDigit(k.peek(1)):
		return problemAt(ProblemNegative, k.text(k.i, len(k.r)))
	case r == '≥', r == '>', r == '≤', r == '<':
		k.sign(r)
		return nil
	case k.take("마이너스") || k.take("음수"):
		return problemAt(ProblemNegative, k.text(start, len(k.r)))
	}
	if ok, p := k.rate(); ok || p != nil {
		return p
	}
	if _, end := longest(&k.scanner, koreanEach); end > 0 && k.numberAhead(end, 1) {
		k.context = append(k.context, k.text(start, end))
		k.i = end
		return nil
	}
	for _, table := range [][]entry[joint]{koreanPart, koreanAnd, koreanOf} {
		if how, end := longest(&k.scanner, table); end > 0 && k.have && k.numberAhead(end, 1) {
			k.i, k.joined = end, how
			return nil
		}
	}
	if _, end := longest(&k.scanner, koreanAnd); end > 0 && k.have && k.i > 0 && k.r[k.i-1] != ' ' {
		// "아이 2명과 어머니": someone is added without a number.
		probe := *k
		probe.i, probe.context = end, nil
		probe.space()
		if probe.word(); len(probe.context) > 0 && koreanNoun(probe.context[0]) != "" {
			return problemAt(ProblemNoNumber, k.text(k.i, probe.i))
		}
	}
	if t, ok, p := k.term(); ok || p != nil {
		if p != nil {
			if p.at == "" {
				p.at = k.text(start, k.i)
			}
			return p
		}
		if p := k.leftOut(); p != nil {
			return p
		}
		return k.add(t)
	}
	if h, end := longest(&k.scanner, koreanBefore); end > 0 && k.bounded(end) && k.numberAhead(end, 3) {
		k.before |= h
		k.i = end
		return nil
	}
	if k.peek(0) == '한' && k.peek(1) == ' ' && k.numberAhead(k.i+1, 0) {
		k.before |= hedgeAbout // "한 50명"
		k.i++
		return nil
	}
	k.word()
	return nil
}

// sign reads a mathematical sign as a hedge.
func (k *korean) sign(r rune) {
	k.before |= map[rune]hedge{'≥': hedgeAtLeast, '>': hedgeMoreThan, '≤': hedgeUpTo, '<': hedgeFewerThan}[r]
	k.i++
}

// bounded tells whether a hedge that ends at j stands by itself: a space or a
// number follows, so that 약 is not taken out of 약초.
func (k *korean) bounded(j int) bool {
	if j >= len(k.r) || k.r[j] == ' ' {
		return true
	}
	return k.numberAhead(j, 0)
}

// numberAhead tells whether a number phrase begins at j, behind hedges and at
// most so many other words.
func (k *korean) numberAhead(j, words int) bool {
	probe := *k
	probe.i = j
	for hedges := 0; hedges < maxHedges; hedges++ {
		if _, ok, p := probe.term(); ok || p != nil {
			return true
		}
		_, end := longest(&probe.scanner, koreanBefore)
		if end < 0 {
			if probe.space(); words == 0 || probe.end() {
				return false
			}
			probe.word() // "와 여성 3명"
			words--
			continue
		}
		probe.i = end
	}
	return false
}

// leftOut refuses "어머니와 두 딸": the mother would not be counted.
func (k *korean) leftOut() *problem {
	if k.have || len(k.context) == 0 {
		return nil
	}
	w := k.context[len(k.context)-1]
	for _, and := range []string{"와", "과", "및", "하고"} {
		if noun, found := strings.CutSuffix(w, and); found && koreanNoun(noun) != "" {
			return problemAt(ProblemNoNumber, w)
		}
	}
	return nil
}

// perSign reads "50명/일" from the slash on and keeps the period.
func (k *korean) perSign() bool {
	if k.peek(0) != '/' || !k.have || k.draft.every != (Period{}) {
		return false
	}
	s := k.scanner
	s.i++
	unit, end := longest(&s, join(koreanPeriods, koreanLetters))
	if end < 0 || !k.standsAt(end) {
		return false
	}
	k.i, k.draft.every = end, unit
	return true
}

// word takes one word up to a space or a digit as context.
func (k *korean) word() {
	start := k.i
	ordinal := k.peek(0) == '제' && unicode.IsDigit(k.peek(1)) // 제3국
	for !k.end() && k.peek(0) != ' ' && (ordinal || !unicode.IsDigit(k.peek(0))) && !strings.ContainsRune(",()", k.peek(0)) {
		k.i++
	}
	if k.i == start {
		k.i++
	}
	w := k.text(start, k.i)
	switch w {
	case "일가족", "한가족":
		k.group = Families
	case "일행":
		k.group = Groups
	default:
		k.context = append(k.context, w)
	}
}

// nouns divides the context into the counted noun and words not read. The noun
// is the last word for people, with an attribute before it that carries no
// particle of its own ("북한 주민").
func (k *korean) nouns() {
	last := -1
	for i, w := range k.context {
		if koreanNoun(w) != "" {
			last = i
		}
	}
	d := &k.draft
	if last >= 0 && (d.unit == Persons || d.unit == Unstated) {
		from := last
		if last > 0 && !endsInParticle(k.context[last-1]) {
			from--
		}
		d.noun = strings.Join(append(k.context[from:last:last], koreanNoun(k.context[last])), " ")
		d.unit = Persons
		k.context = append(k.context[:from:from], k.context[last+1:]...)
	}
	if d.unit == Events || d.unit == Times {
		for i, w := range k.context {
			s := scanner{r: []rune(w)}
			if u, end := longest(&s, koreanKinds); end > 0 && !endsInParticle(w) {
				d.unit, d.noun = u, w
				k.context = append(k.context[:i:i], k.context[i+1:]...)
				break
			}
		}
	}
	d.unread = strings.Join(k.context, " ")
}

// koreanNoun is the word for people in w, without the particle behind it, or
// empty.
func koreanNoun(w string) string {
	s := scanner{r: []rune(w)}
	_, end := longest(&s, koreanNouns)
	if end < 0 {
		return ""
	}
	s.i = end
	s.take("들")
	noun := s.text(0, s.i)
	_, _ = takeLongest(&s, koreanParticles) // its absence is as good
	if !s.end() {
		return ""
	}
	return noun
}

func endsInParticle(w string) bool {
	for _, p := range []string{"에서", "에", "은", "는", "이", "가", "을", "를", "로", "고", "서", "된", "던", "의"} {
		if strings.HasSuffix(w, p) {
			return true
		}
	}
	return false
}
