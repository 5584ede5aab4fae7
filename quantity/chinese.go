package quantity

import (
	"strings"
	"unicode"
)

// chinese reads one Chinese phrase from left to right. There are no spaces to
// lean on: a numeral counts only where a measure word, a hedge or the end of
// the phrase follows, so that 三合镇 stays a town.
type chinese struct{ eastPhrase }

// readChinese reads a clean Chinese phrase.
func readChinese(text string) (*draft, *problem) {
	c := &chinese{}
	c.r = []rune(chineseFold.Replace(text))
	if p := c.refuse(); p != nil {
		return nil, p
	}
	if c.none() {
		return &c.draft, nil
	}
	for !c.end() {
		if p := c.step(); p != nil {
			return nil, p
		}
	}
	c.context = joined(c.context)
	d, p := c.finish(chineseDenials, chineseShares, chinesePartials)
	if p == nil {
		c.nouns()
	}
	return d, p
}

// refuse finds shares written in numerals before they read as numbers.
func (c *chinese) refuse() *problem {
	text := string(c.r)
	for _, w := range strings.Fields("百分之 分之 一半 半数 过半 大部分 大多数 绝大多数") {
		if strings.Contains(text, w) {
			return problemAt(ProblemShare, text)
		}
	}
	return nil
}

// none reads a claim of zero.
func (c *chinese) none() bool {
	for c.i = 0; !c.end(); c.i++ {
		u, end := longest(&c.scanner, chineseNone)
		if end < 0 {
			continue
		}
		if anyOf(string(c.r), "知道 清楚 不明 不详 统计") {
			break // "没有人知道" says nothing about the number
		}
		c.draft.value, _ = meaning(0, number(0))
		c.draft.unit, c.draft.at = u, c.text(c.i, end)
		c.draft.unread = strings.TrimSpace(c.text(0, c.i) + " " + c.text(end, len(c.r)))
		return true
	}
	c.i = 0
	switch c.text(0, len(c.r)) {
	case "无", "没有":
		c.draft.value, _ = meaning(0, number(0))
		return true
	}
	return false
}

// step reads one thing: a sign, a rate, a joint, a number, a hedge, a word.
func (c *chinese) step() *problem {
	c.space()
	if c.end() {
		return nil
	}
	start := c.i
	switch r := c.peek(0); {
	case strings.ContainsRune(",.()[]:;\"'·/", r):
		c.bracket(r)
		c.i++
		return nil
	case r == '-' && unicode.IsDigit(c.peek(1)), r == '负' && c.numberAhead(c.i+1):
		return problemAt(ProblemNegative, c.text(c.i, len(c.r)))
	}
	if ok, p := c.rate(); ok || p != nil {
		return p
	}
	if c.ordinal() {
		return nil
	}
	if how, end := longest(&c.scanner, chineseJoints); end > 0 && c.have && c.numberAhead(end) {
		c.i, c.joined = end, how
		return nil
	}
	if t, ok, p := c.term(); ok || p != nil {
		if p != nil {
			if p.at == "" {
				p.at = c.text(start, c.i)
			}
			return p
		}
		if c.broken(start) {
			return problemAt(ProblemUnread, c.text(start-1, c.i))
		}
		if n := len(c.context); !c.have && n > 0 && strings.Contains("和与及", c.context[n-1]) {
			// "母亲和两个孩子": the mother would not be counted.
			return problemAt(ProblemNoNumber, strings.Join(c.context, ""))
		}
		return c.add(t)
	}
	if h, end := longest(&c.scanner, chineseBefore); end > 0 && c.numberAhead(end) {
		c.before |= h
		c.i = end
		return nil
	}
	if c.take("一行") && c.numberAhead(c.i) {
		c.group = Groups
		return nil
	}
	c.i = start + 1
	c.context = append(c.context, string(c.r[start:c.i]))
	return nil
}

// broken tells whether the number at i is the tail of a row of numerals that
// makes no number: "十十万".
func (c *chinese) broken(i int) bool {
	if i == 0 || len(c.context) == 0 || !strings.HasSuffix(c.context[len(c.context)-1], string(c.r[i-1])) {
		return false
	}
	_, digit := chineseNumerals.digits[c.r[i-1]]
	_, power := chineseNumerals.powers[c.r[i-1]]
	return digit || power || chineseNumerals.vague[c.r[i-1]]
}

// ordinal steps over "第一批" and the like, which count nothing.
func (c *chinese) ordinal() bool {
	start := c.i
	if !c.take("第") {
		return false
	}
	if _, _, ok, p := c.amount(); !ok || p != nil {
		c.i = start
		return false
	}
	_, _ = takeLongest(&c.scanner, chineseMeasures) // none need follow
	c.context = append(c.context, c.text(start, c.i))
	return true
}

// joined puts single characters of context together again.
func joined(chars []string) []string {
	if len(chars) == 0 {
		return nil
	}
	return []string{strings.Join(chars, "")}
}

// numberAhead tells whether a number phrase begins at j, behind hedges. Up to
// four characters may name what is counted ("和女性三人").
func (c *chinese) numberAhead(j int) bool {
	probe := *c
	probe.i = j
	for nouns, hedges := 0, 0; nouns < 2 && hedges < maxHedges; hedges++ {
		probe.space()
		if _, ok, p := probe.term(); ok || p != nil {
			return true
		}
		if _, end := longest(&probe.scanner, chineseBefore); end > 0 {
			probe.i = end
			continue
		}
		_, end := longest(&probe.scanner, chineseNouns)
		if end < 0 {
			return false
		}
		probe.i = end
		nouns++
	}
	return false
}

// nouns finds the counted noun in the context; the rest is not read.
func (c *chinese) nouns() {
	d := &c.draft
	if len(c.context) == 0 {
		return
	}
	text := c.context[0]
	if d.noun == "" && (d.unit == Persons || d.unit == Unstated) {
		for _, e := range chineseNouns {
			if i := strings.Index(text, e.word); i >= 0 && len(e.word) > len(d.noun) {
				d.noun = e.word
			}
		}
		if d.noun != "" {
			d.unit = Persons
			text = strings.TrimSpace(strings.Replace(text, d.noun, "", 1))
		}
	}
	if d.unit == Times || d.unit == Events {
		for _, k := range []entry[Unit]{{"遣返", Returns}, {"遣送", Returns}, {"越境", Crossings}, {"死亡", Deaths}} {
			if strings.Contains(text, k.word) {
				d.unit, d.noun = k.value, k.word
				text = strings.Replace(text, k.word, "", 1)
				break
			}
		}
	}
	d.unread = text
}
