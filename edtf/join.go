package edtf

// joinTokens rewrites runs of tokens that belong together more closely than the
// signs between them say: "2–3 days", "6–8월", "11-Sep-2001".
func joinTokens(in []token) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); i++ {
		if n := namedMonth(in[i:]); n > 0 {
			for _, t := range in[i : i+n] {
				if t.kind != tkDash && t.kind != tkSlash && t.kind != tkDot {
					out = append(out, t)
				}
			}
			i += n - 1
			continue
		}
		if t, n := countRange(in[i:]); n > 0 {
			out = append(out, t)
			i += n - 1
			continue
		}
		t := in[i]
		if monthRange(in[i:]) {
			t.kind = tkMonth
		}
		out = append(out, t)
	}
	return out
}

func kindAt(in []token, i int) tokenKind {
	if i < len(in) {
		return in[i].kind
	}
	return tkNone
}

// namedMonth gives the length of a date whose month is a word between signs.
func namedMonth(in []token) int {
	sign := func(i int) bool {
		k := kindAt(in, i)
		return k == tkDash || k == tkSlash || k == tkDot
	}
	word := func(i int) bool { return kindAt(in, i) == tkMonth && in[i].digits == 0 }
	number := func(i, digits int) bool { return kindAt(in, i) == tkNumber && in[i].digits >= digits }
	switch {
	case number(0, 1) && sign(1) && word(2) && sign(3) && number(4, 1) && (in[0].digits == 4) != (in[4].digits == 4):
		return 5
	case word(0) && sign(1) && number(2, 4):
		return 3
	case number(0, 1) && in[0].digits <= 2 && sign(1) && word(2) && len(in) == 3:
		return 3
	}
	return 0
}

// betweenNumbers says whether a sign or word may stand between the two numbers of a
// range.
func betweenNumbers(k tokenKind) bool {
	return k == tkDash || k == tkTilde || k == tkTo || k == tkOr || k == tkComma || k == tkDot
}

// countRange joins "two or three weeks", "2~3일 전", "2, 3년 전" into one length of
// time, or into "a few" with the unit still to come.
func countRange(in []token) (token, int) {
	if kindAt(in, 0) != tkNumber || !betweenNumbers(kindAt(in, 1)) || in[0].digits > 2 {
		return token{}, 0
	}
	t := token{kind: tkDuration, n: in[0].n, off: in[0].off}
	b := token{}
	if len(in) > 2 {
		b = in[2]
	}
	if b.n <= t.n || b.n >= 100 {
		return t, 0
	}
	t.hi, t.end, t.u = b.n, b.end, b.u
	switch {
	case b.kind == tkDuration:
		return t, 3
	case b.kind == tkNumber && kindAt(in, 3) == tkUnit:
		t.kind = tkFew
		return t, 3
	case b.kind == tkYear:
		t.u = unitYear
		return t, 3
	case b.kind == tkDay && kindAt(in, 3) == tkAgo:
		t.u = unitDay
		return t, 3
	}
	return t, 0
}

// monthRange says whether a number is a month because the one it is joined with
// is: "6–8월".
func monthRange(in []token) bool {
	if kindAt(in, 0) != tkNumber || in[0].digits > 2 || in[0].n < 1 || in[0].n > 12 {
		return false
	}
	k := kindAt(in, 1)
	return (betweenNumbers(k) || k == tkAnd) && k != tkDot && kindAt(in, 2) == tkMonth && in[2].digits > 0
}
