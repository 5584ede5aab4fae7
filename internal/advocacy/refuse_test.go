package advocacy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/internal/register"
)

func TestRefuse(t *testing.T) {
	at := edtf.DayOf(2001, 8, 1)
	consent := func(change func(*register.Consent)) map[record.ID][]register.Consent {
		c := register.Consent{ConsentBody: register.ConsentBody{Purpose: "purpose.letter", Recipient: "recipient.addressee", Given: *date("2001-07-01")}}
		if change != nil {
			change(&c)
		}
		return map[record.ID][]register.Consent{"woman": {c}, "s": {c}}
	}
	victim := say(record.PropActVictim, record.Value{Ref: "woman"})
	private := map[record.ID]bool{"s": true}
	tests := []struct {
		name     string
		item     register.Item
		change   func(*register.Item)
		sealed   bool
		private  map[record.ID]bool
		consents map[record.ID][]register.Consent
		want     []Reason
	}{
		{name: "general fact", item: arrests()[0]},
		{name: "sealed statement", item: victim, change: func(i *register.Item) { i.Sealed = record.Identities; i.Live = false }, want: []Reason{ReasonSealed}},
		{name: "general compartment by name", item: arrests()[0], change: func(i *register.Item) { i.Sealed = record.General }},
		{name: "sealed document", item: arrests()[0], sealed: true, want: []Reason{ReasonSealed}},
		{name: "retracted", item: arrests()[0], change: func(i *register.Item) { i.Live = false }, want: []Reason{ReasonRetracted}},
		{name: "rejected", item: arrests()[0], change: func(i *register.Item) { i.Review = record.ReviewRejected }, want: []Reason{ReasonRejected}},
		{name: "place, group and organisation need nobody", item: say(record.PropActVictim, record.Value{Ref: "family"})},
		{name: "person without consent", item: victim, want: []Reason{ReasonPerson}},
		{name: "fact about a person", item: register.Item{Statement: record.Statement{Entity: "woman", Property: record.PropPersonFate}, Live: true}, want: []Reason{ReasonPerson}},
		{name: "private source and person", item: victim, private: private, want: []Reason{ReasonPerson, ReasonSource}},
		{name: "private source", item: arrests()[0], private: private, want: []Reason{ReasonSource}},
		{name: "both agreed", item: victim, private: private, consents: consent(nil)},
		{name: "published to everybody", item: victim, consents: consent(func(c *register.Consent) { c.Purpose, c.Recipient = "purpose.publication", "recipient.public" })},
		{name: "other purpose", item: victim, consents: consent(func(c *register.Consent) { c.Purpose = "purpose.statistics" }), want: []Reason{ReasonPerson}},
		{name: "other recipient", item: victim, consents: consent(func(c *register.Consent) { c.Recipient = "recipient.un" }), want: []Reason{ReasonPerson}},
		{name: "this fact", item: victim, consents: consent(func(c *register.Consent) { c.Facts = []record.PropertyID{record.PropActVictim} })},
		{name: "another fact", item: victim, consents: consent(func(c *register.Consent) { c.Facts = []record.PropertyID{record.PropPersonFate} }), want: []Reason{ReasonPerson}},
		{name: "withdrawn", item: victim, consents: consent(func(c *register.Consent) { c.Withdrawn = true }), want: []Reason{ReasonPerson}},
		{name: "expired the day before", item: victim, consents: consent(func(c *register.Consent) { c.Expires = date("2001-07-31") }), want: []Reason{ReasonPerson}},
		{name: "expires that day", item: victim, consents: consent(func(c *register.Consent) { c.Expires = date("2001-08-01") })},
		{name: "given later", item: victim, consents: consent(func(c *register.Consent) { c.Given = *date("2001-08-02") }), want: []Reason{ReasonPerson}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			it := x.item
			it.ID = "x"
			if x.change != nil {
				x.change(&it)
			}
			got := Refuse(Standing{Item: it, DocumentSealed: x.sealed, Private: x.private, Consents: x.consents, Sources: []record.ID{"s", "s"},
				Kinds: map[record.ID]record.Kind{"woman": record.KindPerson, "family": record.KindGroup, "a": record.KindAct}}, at)
			var reasons []Reason
			for _, r := range got {
				reasons = append(reasons, r.Reason)
				if r.Sentence("en") == "" || r.Sentence("ko") == r.Sentence("en") {
					t.Errorf("%s is not said in both languages", r.Reason)
				}
			}
			if d := cmp.Diff(x.want, reasons); d != "" {
				t.Errorf("refused (-want +got):\n%s", d)
			}
		})
	}
}
