package quantity

// An Answer is a reading in the shape that the command line prints as JSON.
// For a rate, low to high are per period ("per"), unless a period was stated:
// then they are the derived total for it ("for"), and "per" is null. Names and
// meanings are stable; later versions only add.
type Answer struct {
	Low         int64        `json:"low"`
	Best        *int64       `json:"best"`
	High        *int64       `json:"high"` // null: open
	Unit        Unit         `json:"unit"`
	Per         *string      `json:"per"` // ISO 8601 duration, or two with a slash
	Rule        RuleID       `json:"rule"`
	RuleVersion int          `json:"rule_version"`
	Words       string       `json:"words"`
	Lang        Lang         `json:"lang"`
	Noun        string       `json:"noun,omitempty"`
	Approximate bool         `json:"approximate"`
	Partial     bool         `json:"partial"`
	Derived     bool         `json:"derived"`
	For         *string      `json:"for,omitempty"`
	Rate        *AnswerRate  `json:"rate,omitempty"`
	Parts       []AnswerPart `json:"parts,omitempty"`
	Unread      string       `json:"unread,omitempty"`
	Text        string       `json:"text"`
	Explanation []string     `json:"explanation"`
	Assumptions []string     `json:"assumptions,omitempty"`
}

// An AnswerRate is the rate behind a derived total.
type AnswerRate struct {
	Low  int64  `json:"low"`
	High *int64 `json:"high"`
	Best *int64 `json:"best"`
	Per  string `json:"per"`
	Rule RuleID `json:"rule"`
	Text string `json:"text"`
}

// An AnswerPart is a further count of the phrase.
type AnswerPart struct {
	Role  Role   `json:"role"`
	Low   int64  `json:"low"`
	High  *int64 `json:"high"`
	Unit  Unit   `json:"unit"`
	Words string `json:"words,omitempty"`
	Text  string `json:"text"`
}

// Ask reads a phrase and, where a period is given or the phrase states one
// itself, holds its rate for that period. period is what [ParseSpan] reads, or
// empty. A period for a phrase without a rate is refused, and so is one that
// differs from the phrase's own: anything longer is a scenario. Texts are in
// the given language. Errors are a [*ReadError].
func Ask(phrase, period string, lang Lang) (Answer, error) {
	r, err := Read(phrase)
	if err != nil {
		return Answer{}, err
	}
	var span Span
	if period != "" {
		if span, err = ParseSpan(period); err != nil {
			return Answer{}, err
		}
	}
	rate, isRate := r.Rate()
	switch {
	case period != "" && !isRate:
		return Answer{}, (&problem{what: ProblemPeriod, why: "the phrase is a count, not a rate; ask without a period"}).in(phrase)
	case period == "":
		span = r.During
	case r.During != (Span{}) && (span.min != r.During.min || span.max != r.During.max):
		return Answer{}, (&problem{what: ProblemPeriod, at: period, why: "the phrase itself states another period: " + r.During.words}).in(phrase)
	}
	a := r.answer(lang)
	if !isRate || span == (Span{}) {
		return a, nil
	}
	t, err := rate.For(span)
	if err != nil {
		return Answer{}, err
	}
	a.hold(t, lang)
	return a, nil
}

// answer is the reading without any period.
func (r Reading) answer(lang Lang) Answer {
	f := r.Count.Fields()
	a := Answer{
		Low: f.Low, Best: f.Best, High: f.High, Unit: f.Unit, Rule: f.Rule, RuleVersion: f.RuleVersion,
		Words: f.Words, Lang: f.Lang, Noun: f.Noun, Approximate: f.Approximate, Partial: f.Partial,
		Unread: r.Unread, Text: r.Text(lang), Explanation: []string{},
	}
	if rate, ok := r.Rate(); ok {
		iso := rate.every.ISO()
		a.Per = &iso
	}
	for _, p := range r.Parts {
		pf := p.Count.Fields()
		a.Parts = append(a.Parts, AnswerPart{p.Role, pf.Low, pf.High, pf.Unit, pf.Words, p.Count.Text(lang)})
	}
	for _, m := range r.notesIn(lang) {
		a.Explanation = append(a.Explanation, m.Text(lang))
	}
	return a
}

// hold replaces the rate by its total for a period.
func (a *Answer) hold(t Total, lang Lang) {
	a.Rate = &AnswerRate{Low: a.Low, High: a.High, Best: a.Best, Per: *a.Per, Rule: a.Rule, Text: a.Text}
	f := t.Count.Fields()
	a.Low, a.High, a.Best, a.Per = f.Low, f.High, f.Best, nil
	a.Rule, a.RuleVersion = f.Rule, f.RuleVersion
	a.Approximate, a.Derived = f.Approximate, f.Derived
	words := t.Span.words
	a.For, a.Text = &words, t.Count.Text(lang)
	for _, m := range t.Assumptions {
		a.Assumptions = append(a.Assumptions, m.Text(lang))
	}
}
