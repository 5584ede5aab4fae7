package advocacy

import (
	"fmt"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/internal/register"
)

// Reason is why something may not stand in a letter.
type Reason string

// The reasons.
const (
	ReasonUnknown   Reason = "unknown"   // there is no such statement or figure that the author can see
	ReasonSealed    Reason = "sealed"    // the statement or its document is sealed
	ReasonRetracted Reason = "retracted" // it was taken back or replaced
	ReasonRejected  Reason = "rejected"  // a reviewer says the source does not say so
	ReasonPerson    Reason = "person"    // it is about a person who has not agreed
	ReasonSource    Reason = "source"    // a private person said it and has not agreed
	ReasonSignatory Reason = "signatory" // somebody signs without a recorded consent
	ReasonHedge     Reason = "hedge"     // the author's wording makes more of it than the source does
)

// Refusal is one thing that may not stand in the letter, and why.
type Refusal struct {
	Fact      int       `json:"fact,omitempty"` // from 1
	Statement record.ID `json:"statement,omitempty"`
	Reason    Reason    `json:"reason"`
	Who       record.ID `json:"who,omitempty"`    // whose consent is missing
	Detail    string    `json:"detail,omitempty"` // a signatory's name, the words to keep
}

// Protected tells whether the refusal guards sealed content or a consent, as
// opposed to a mistake that the author can mend.
func (r Refusal) Protected() bool {
	switch r.Reason {
	case ReasonSealed, ReasonPerson, ReasonSource, ReasonSignatory:
		return true
	}
	return false
}

// Sentence says the refusal in a language, English where there is no other.
func (r Refusal) Sentence(lang string) string {
	what := fmt.Sprintf("fact %d", r.Fact)
	if lang == "ko" {
		what = fmt.Sprintf("사실 %d", r.Fact)
	}
	if r.Statement != "" {
		what += " (" + string(r.Statement) + ")"
	}
	if lang == "ko" {
		return r.korean(what)
	}
	switch r.Reason {
	case ReasonSealed:
		return what + ": the statement or its document is sealed, and what is sealed is not published"
	case ReasonRetracted:
		return what + ": the statement was taken back or replaced; choose the one that stands"
	case ReasonRejected:
		return what + ": a reviewer found that the source does not say so"
	case ReasonPerson:
		return what + ": it is about a person (" + string(r.Who) + ") who has not agreed to its publication, or no longer does"
	case ReasonSource:
		return what + ": it comes from a private person (" + string(r.Who) + ") who has not agreed to its publication, or no longer does"
	case ReasonSignatory:
		return r.Detail + " signs, but it is not recorded when and how they agreed to"
	case ReasonHedge:
		return what + ": keep the words “" + r.Detail + "”: the source does not state it as something that happened"
	}
	return what + ": there is no such statement or figure"
}

func (r Refusal) korean(what string) string {
	switch r.Reason {
	case ReasonSealed:
		return what + ": 진술이나 그 문서가 봉인되어 있습니다. 봉인된 것은 공개하지 않습니다"
	case ReasonRetracted:
		return what + ": 철회되었거나 대체된 진술입니다. 유효한 진술을 고르십시오"
	case ReasonRejected:
		return what + ": 검토자가 출처에 그런 말이 없다고 보았습니다"
	case ReasonPerson:
		return what + ": 공개에 동의하지 않았거나 동의가 끝난 사람(" + string(r.Who) + ")에 관한 것입니다"
	case ReasonSource:
		return what + ": 공개에 동의하지 않았거나 동의가 끝난 개인(" + string(r.Who) + ")에게서 온 것입니다"
	case ReasonSignatory:
		return r.Detail + ": 언제 어떻게 서명에 동의했는지 기록되어 있지 않습니다"
	case ReasonHedge:
		return what + ": “" + r.Detail + "” 표현을 남기십시오. 출처는 실제로 일어난 일이라고 말하지 않습니다"
	}
	return what + ": 그런 진술이나 수치가 없습니다"
}

// Standing is what Refuse must know of a statement: itself, and of everybody
// it touches who and what they are and what they agreed to.
type Standing struct {
	Item register.Item
	// DocumentSealed tells that the document it was taken from is not general.
	DocumentSealed bool
	// Kinds are the kinds of the statement's entity and of the one it refers to.
	Kinds map[record.ID]record.Kind
	// Sources are the ones it came from and through, its document's included.
	Sources []record.ID
	// Private are those of Sources who are private persons.
	Private map[record.ID]bool
	// Consents are by person or source.
	Consents map[record.ID][]register.Consent
}

// Refuse tells why a statement may not stand in a letter of a day, or returns
// nothing. Groups, organisations and places need nobody's consent; persons and
// private sources do, for publication or letters, towards the public or an
// addressee, for this fact, given by that day and neither withdrawn nor
// expired then.
func Refuse(s Standing, at edtf.Day) []Refusal {
	no := func(r Reason, who record.ID) Refusal { return Refusal{Statement: s.Item.ID, Reason: r, Who: who} }
	if s.Item.Sealed.Sealed() && s.Item.Sealed != "" || s.DocumentSealed {
		return []Refusal{no(ReasonSealed, "")} // nothing more is said of what is sealed
	}
	var out []Refusal
	if !s.Item.Live {
		out = append(out, no(ReasonRetracted, ""))
	}
	if s.Item.Review == record.ReviewRejected {
		out = append(out, no(ReasonRejected, ""))
	}
	for _, id := range []record.ID{s.Item.Entity, s.Item.Value.Ref} {
		if id != "" && s.Kinds[id] == record.KindPerson && !agreed(s.Consents[id], s.Item.Property, at) {
			out = append(out, no(ReasonPerson, id))
		}
	}
	told := map[record.ID]bool{}
	for _, id := range s.Sources {
		if s.Private[id] && !told[id] && !agreed(s.Consents[id], s.Item.Property, at) {
			told[id] = true
			out = append(out, no(ReasonSource, id))
		}
	}
	return out
}

// agreed tells whether one of the consents covers the publication of a fact
// on a day.
func agreed(cs []register.Consent, p record.PropertyID, at edtf.Day) bool {
	for _, c := range cs {
		if !c.Withdrawn && covers(c.ConsentBody, p, at) {
			return true
		}
	}
	return false
}

func covers(c register.ConsentBody, p record.PropertyID, at edtf.Day) bool {
	if c.Purpose != "purpose.publication" && c.Purpose != "purpose.letter" {
		return false
	}
	if c.Recipient != "recipient.public" && c.Recipient != "recipient.addressee" {
		return false
	}
	if c.Given.Earliest > int64(at) {
		return false
	}
	// An expiry that is not known closely has passed once it may have.
	if c.Expires != nil && c.Expires.Earliest < int64(at) {
		return false
	}
	if len(c.Facts) == 0 {
		return true
	}
	for _, f := range c.Facts {
		if f == p {
			return true
		}
	}
	return false
}
