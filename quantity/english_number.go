package quantity

// amountAt reads the number phrase at toks[i:]: digits, number words, vague
// words, and their products. It takes no hedges and no noun. n is 0 where no
// number begins there.
func amountAt(toks []token, i int) (a amount, n int, p *problem) {
	if a, n, p = vagueAt(toks, i); n > 0 || p != nil {
		return a, n, p
	}
	if i >= len(toks) {
		return amount{}, 0, nil
	}
	if toks[i].kind == tokenNumber {
		mult, k := powersAt(toks, i+1)
		if toks[i].lit.frac == "" {
			if d, ok := dozenAt(toks, i+1); ok {
				return dozensOf(toks[i].lit.n, d, i+1)
			}
		}
		a, p = toks[i].lit.amount(mult)
		if p != nil && p.at == "" {
			p.at = toks[i].orig
		}
		return a, 1 + k, p
	}
	return wordNumberAt(toks, i)
}

// vagueAt reads vague words and what they multiply.
func vagueAt(toks []token, i int) (amount, int, *problem) {
	if n := halfDozenAt(toks, i); n > 0 {
		return amount{n: 6, stated: true, low: 5, high: 7, rule: RuleDozen}, n, nil
	}
	if k, n := matchTokens(toks, i, englishSets); n > 0 {
		return number(k), n, nil
	}
	if base, n := matchTokens(toks, i, englishPlurals); n > 0 {
		return pluralOf(base), n, nil
	}
	if small, n := matchTokens(toks, i, englishSmall); n > 0 {
		j := skipOf(toks, i+n)
		base, k := matchTokens(toks, j, englishPlurals)
		if k == 0 {
			base, k = matchTokens(toks, j, englishBases)
		}
		if k > 0 {
			return small.scaled(base), j + k - i, nil
		}
		return small, n, nil
	}
	if many, n := matchTokens(toks, i, englishMany); n > 0 {
		j := skipOf(toks, i+n)
		if base, k := matchTokens(toks, j, englishPlurals); k > 0 {
			return pluralOf(base), j + k - i, nil
		}
		if toks[i].text == "some" && i+1 < len(toks) && toks[i+1].text != "some" {
			// "some 50", "some two dozen": the number follows; "some" is a hedge.
			if _, k, _ := amountAt(toks, i+1); k > 0 {
				return amount{}, 0, nil
			}
		}
		return many, n, nil
	}
	return amount{}, 0, nil
}

func skipOf(toks []token, i int) int {
	if i < len(toks) && toks[i].text == "of" {
		return i + 1
	}
	return i
}

// pluralOf is the vague amount of a plural power.
func pluralOf(base int64) amount {
	switch base {
	case 12:
		return vague(RuleDozens, 24, 99)
	case 20:
		return vague(RuleScores, 40, 99)
	}
	return magnitude(2, base)
}

func halfDozenAt(toks []token, i int) int {
	_, n := matchTokens(toks, i, englishHalfDozen)
	return n
}

// dozenAt finds "dozen" or "score" behind a number.
func dozenAt(toks []token, i int) (base int64, ok bool) {
	if i >= len(toks) {
		return 0, false
	}
	switch toks[i].text {
	case "dozen":
		return 12, true
	case "score":
		return 20, true
	}
	return 0, false
}

// dozensOf is k dozen or k score, with the tokens read so far.
func dozensOf(k, base int64, n int) (amount, int, *problem) {
	if k > MaxStated/20 {
		return amount{}, n, &problem{what: ProblemTooLarge}
	}
	if base == 12 {
		return vagueDozen(k), n, nil
	}
	a := number(20 * k)
	a.coef, a.mult = k, 20
	return a, n, nil
}

// powersAt multiplies the power words at toks[i:]: "hundred thousand".
func powersAt(toks []token, i int) (mult int64, n int) {
	mult = 1
	for i+n < len(toks) && toks[i+n].kind == tokenWord {
		m, ok := englishPowers[toks[i+n].text]
		if !ok || mult > MaxStated/m {
			break
		}
		mult *= m
		n++
	}
	return mult, n
}

// wordNumberAt reads a number in words: "three hundred and twenty-five
// thousand", "a hundred", "half a million", "twelve hundred".
func wordNumberAt(toks []token, i int) (amount, int, *problem) {
	switch toks[i].text {
	case "half":
		return halfPowerAt(toks, i)
	case "dozen":
		return dozensOf(1, 12, 1)
	}
	j := i
	if toks[i].text == "a" || toks[i].text == "an" {
		if j+1 >= len(toks) {
			return amount{}, 0, nil
		}
		if base, ok := dozenAt(toks, j+1); ok {
			return dozensOf(1, base, 2)
		}
		if _, ok := englishPowers[toks[j+1].text]; !ok {
			return amount{}, 0, nil
		}
		j++
	}
	a, size, p := wordsAt(toks, j)
	if size == 0 || p != nil {
		return amount{}, size, p
	}
	if base, ok := dozenAt(toks, j+size); ok && a.n < 1000 {
		return dozensOf(a.n, base, j+size+1-i)
	}
	return a, j + size - i, nil
}

// halfPowerAt reads "half a million"; "half" of anything else is a share.
func halfPowerAt(toks []token, i int) (amount, int, *problem) {
	if i+2 < len(toks) && (toks[i+1].text == "a" || toks[i+1].text == "-") {
		if m, ok := englishPowers[toks[i+2].text]; ok {
			return number(m / 2), 3, nil
		}
	}
	return amount{}, 0, nil
}

// wordsAt reads number words: groups below a thousand, each with its power,
// the powers falling. A bare power counts as one of it ("hundred people").
func wordsAt(toks []token, i int) (amount, int, *problem) {
	var total, lowest int64 = 0, maxInt
	var first amount // what the first group alone would be
	j := i
	for groups := 0; ; groups++ {
		k := j
		if groups > 0 && k < len(toks) && toks[k].text == "and" {
			k++
		}
		g, size, hundreds := groupAt(toks, k)
		if k > j && g >= 100 {
			size = 0 // "a thousand and two hundred" is two numbers
		}
		if size == 0 && groups > 0 {
			break
		}
		mult, n := powersAt(toks, skipHyphen(toks, k+size, size))
		if size == 0 && (n == 0 || len(toks[k].text) < 3) || mult >= lowest {
			break
		}
		if n > 0 {
			n += skipHyphen(toks, k+size, size) - (k + size)
		}
		if size == 0 {
			g = 1
		}
		g = mulLow(g, mult)
		total, lowest = addLow(total, g), mult
		j = k + size + n
		if groups == 0 && hundreds {
			mult *= 100
		}
		first = amount{n: g, stated: true, coef: g / mult, mult: mult}
		if lowest == 1 {
			break
		}
	}
	if p := countable(total); p != nil {
		p.at = toks[i].orig
		return amount{}, j - i, p
	}
	a := number(total)
	if first.n == total && first.mult > 1 {
		a = first
	}
	return a, j - i, nil
}

// skipHyphen steps over the hyphen of "two-thousand".
func skipHyphen(toks []token, i, size int) int {
	if size > 0 && i+1 < len(toks) && toks[i].text == "-" && toks[i].glued {
		if _, ok := englishPowers[toks[i+1].text]; ok {
			return i + 1
		}
	}
	return i
}

// groupAt reads a number below ten thousand without powers above a hundred:
// "seventeen", "three hundred and five", "twelve hundred". Round tells whether
// it ends in its hundred.
func groupAt(toks []token, i int) (n int64, size int, round bool) {
	n, size = belowHundred(toks, i)
	j := skipHyphen(toks, i+size, size)
	if j >= len(toks) || toks[j].text != "hundred" || size > 0 && n == 0 {
		return n, size, false
	}
	n, size = 100*max(n, 1), j+1-i
	j++
	if j < len(toks) && toks[j].text == "and" {
		j++
	}
	if rest, k := belowHundred(toks, j); k > 0 && rest > 0 {
		return n + rest, j + k - i, false
	}
	return n, size, true
}

// belowHundred reads "seven", "seventeen", "seventy-seven", "seventy seven".
func belowHundred(toks []token, i int) (n int64, size int) {
	if i >= len(toks) {
		return 0, 0
	}
	if u, ok := englishUnits[toks[i].text]; ok {
		return u, 1
	}
	if u, ok := englishTeens[toks[i].text]; ok {
		return u, 1
	}
	t, ok := englishTens[toks[i].text]
	if !ok {
		return 0, 0
	}
	j := i + 1
	if j < len(toks) && toks[j].text == "-" && toks[j].glued {
		j++
	}
	if j < len(toks) {
		if u, ok := englishUnits[toks[j].text]; ok {
			return t + u, j + 1 - i
		}
	}
	return t, 1
}
