package extract

import (
	"strconv"
	"strings"
)

// numberFormat is how a level of a list shows its numbers.
type numberFormat string

// The formats that get their own signs. All others are shown in figures, which
// loses the look and not the order.
const (
	formatDecimal    numberFormat = "decimal"
	formatBullet     numberFormat = "bullet"
	formatNone       numberFormat = "none"
	formatLower      numberFormat = "lowerLetter"
	formatUpper      numberFormat = "upperLetter"
	formatLowerRoman numberFormat = "lowerRoman"
	formatUpperRoman numberFormat = "upperRoman"
	formatGanada     numberFormat = "ganada"
	formatChinese    numberFormat = "chineseCounting"
)

// maxListNumber bounds the numbers that are not shown in figures.
const maxListNumber = 3999

// format writes a number of a list.
func (f numberFormat) format(n int) string {
	if n < 1 || n > maxListNumber {
		return strconv.Itoa(n)
	}
	switch f {
	case formatLower:
		return strings.ToLower(letters(n))
	case formatUpper:
		return letters(n)
	case formatLowerRoman:
		return strings.ToLower(roman(n))
	case formatUpperRoman:
		return roman(n)
	case formatGanada:
		if syllables := []rune("가나다라마바사아자차카타파하"); n <= len(syllables) {
			return string(syllables[n-1])
		}
	case formatChinese:
		if n <= 99 {
			return chinese(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts A to Z, then AA, BB and so on, as word processors do.
func letters(n int) string {
	times := (n-1)/26 + 1
	if times > 10 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), times)
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range [...]struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.sign)
			n -= r.value
		}
	}
	return b.String()
}

// chinese writes 1 to 99.
func chinese(n int) string {
	digits := []rune("一二三四五六七八九")
	var b strings.Builder
	if n >= 20 {
		b.WriteRune(digits[n/10-1])
	}
	if n >= 10 {
		b.WriteRune('十')
	}
	if n%10 > 0 {
		b.WriteRune(digits[n%10-1])
	}
	return b.String()
}

// maxLevels is how many levels a list has in both formats.
const maxLevels = 10

// listLevel is one level of a list's style.
type listLevel struct {
	format  numberFormat
	pattern string // with %1 to %9 in the place of the numbers of the levels
	start   int
}

// listStyle is the levels of a list.
type listStyle [maxLevels]listLevel

// listCount counts the items of one list.
type listCount struct {
	used  [maxLevels]bool
	count [maxLevels]int
}

// next counts an item on a level, and returns its number as shown, followed by a
// space; empty where it shows none.
func (c *listCount) next(style *listStyle, level int) string {
	level = min(max(level, 0), maxLevels-1)
	l := style[level]
	if !c.used[level] {
		c.count[level] = l.start - 1
		c.used[level] = true
	}
	c.count[level]++
	for i := level + 1; i < maxLevels; i++ {
		c.used[i] = false
	}
	switch l.format {
	case formatBullet:
		return "- "
	case formatNone, "":
		return ""
	}
	shown := l.pattern
	for i := range maxLevels - 1 {
		sign := "%" + strconv.Itoa(i+1)
		if !strings.Contains(shown, sign) {
			continue
		}
		n := c.count[i]
		if !c.used[i] {
			n = style[i].start
		}
		format := style[i].format
		if format == formatBullet || format == formatNone {
			format = formatDecimal
		}
		shown = strings.ReplaceAll(shown, sign, format.format(n))
	}
	if shown == "" {
		return ""
	}
	return cut(shown, 40) + " "
}
