package app

import (
	"os"
	"strings"
	"testing"
)

// TestReleaseCodedByHand takes a real release in as it is and codes it through
// the pages, as a documenter without scripts does.
func TestReleaseCodedByHand(t *testing.T) {
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	raw, err := os.ReadFile(dir + "/documents/000_29f61ea2b0379000.txt")
	if err != nil {
		t.Skipf("the shared data are not here: %v", err)
	}
	_, w := served(t)

	// The document comes in with its compartment chosen.
	w.open("/documents/new").fill("compartment", "general").fill("kind", "document.release").fill("title", "News release").
		fill("newsource", "Human-rights organisation").fill("lang", "en").fill("text", string(raw)).press("Bring in")
	w.see("News release", "SHA-256", "Pages")
	doc := strings.Split(w.url, "?")[0]
	page := doc + "/page/1"

	// A second copy is recognised.
	w.open("/documents/new").fill("compartment", "general").fill("kind", "document.release").fill("text", string(raw)).press("Bring in")
	w.see("held already")

	// Before the document has a date, relative dates stay open and say so.
	w.code(page, "At the end of July, it was reported that around 50 North Koreans were being deported every two days", "act", "Reported rate at Longjing", "",
		field{"act.kind", "return.expulsion", ""}, field{"act.reported", "end of July", ""}, field{"act.place", "Longjing", ""}, field{"act.rate", "around 50 North Koreans every two days", ""})
	w.see("not yet understood", "It is kept as it is until the document has a date", "every 2 days").record()
	rate := strings.Split(w.url, "?")[0]
	w.see("expulsion", "Reported rate at Longjing", "Longjing")

	// Its own date, as a source states it.
	w.open("/code?document=" + strings.TrimPrefix(doc, "/document/") + "&entity=" + strings.TrimPrefix(doc, "/document/"))
	w.fill("f.document.date.0", "August 2001").fill("note", "catalogue of releases").press("Show how it is understood").see("August 2001").press("Record it")
	w.open(doc).see("August 2001", "Dates that can be understood now", "end of July", "between 21 and 31 July 2001")
	w.press("Record the chosen meanings").see("The meanings were recorded")
	w.open(rate).see("between 21 and 31 July 2001", "every 2 days").dont("605", "450")

	w.code(page, "hundreds of North Korean asylum-seekers who have been forcibly returned to North Korea", "act", "Hundreds returned", "",
		field{"act.kind", "return", ""}, field{"act.count", "hundreds of asylum-seekers", ""}, field{"act.to", "North Korea", ""})
	w.see("200", "999").record()
	w.see("forced return, means not stated")

	w.code(page, "Tens of thousands of starving North Koreans have fled their country over the past few years, crossing the border", "act", "Flight over the past few years", "",
		field{"act.kind", "leaving.flight", ""}, field{"act.count", "tens of thousands of North Koreans", ""}, field{"act.date", "over the past few years", ""},
		field{"act.to", "Jilin", ""}, field{"act.to", "Liaoning", ""})
	w.see("20000", "99999").record()

	w.code(page, "a family of seven North Korean refugees who sought asylum at the United Nations High Commissioner for Refugees (UNHCR) office in Beijing in June", "event", "Asylum request in Beijing", "",
		field{"event.date", "in June", ""}, field{"event.place", "Beijing", ""})
	w.see("June 2001").record()
	asylum := strings.Split(w.url, "?")[0]
	w.code(page, "a family of seven North Korean refugees who sought asylum at the United Nations High Commissioner for Refugees (UNHCR) office in Beijing in June", "act", "Family of seven asks for asylum", "",
		field{"act.kind", "leaving.asylum", ""}, field{"act.date", "in June", ""}, field{"act.place", "Beijing", ""}, field{"act.count", "a family of seven", ""},
		field{"act.actor", "+group: Family of seven", ""}, field{"act.addressee", "+organisation: UNHCR", ""}, field{"act.event", "Asylum request in Beijing", ""})
	w.record()

	w.code(page, "a new crackdown in north-east China", "event", "Crackdown in north-east China", "", field{"event.place", "China", ""})
	w.record()
	crackdown := code(t, w)
	w.code(page, "This crackdown intensified after widespread publicity surrounding a family of seven North Korean refugees", crackdown, "", "",
		field{"event.link", "Asylum request in Beijing", "link.caused"})
	w.record().see("is said to have followed from", "Asylum request in Beijing")
	w.open(asylum).see("Crackdown in north-east China")

	w.code(page, "Police in the border areas have stepped up checks in people's homes", "condition", "Checks stepped up", "",
		field{"condition.kind", "condition.checks", ""}, field{"condition.trend", "trend.up", ""}, field{"condition.by", "+organisation: Police in the border areas", ""}, field{"condition.event", "Crackdown in north-east China", ""})
	w.record()
	w.code(page, "imposed fines on people caught helping North Koreans", "act", "Fines on helpers", "",
		field{"act.kind", "around.penalty", ""}, field{"act.perpetrator", "Police in the border areas", "degree.carried"}, field{"act.event", "Crackdown in north-east China", ""})
	w.record().see("carried it out")
	w.code(page, "Those detained in the crackdown are being denied access to any refugee determination procedure", "act", "Detention without a procedure", "",
		field{"act.kind", "denial.procedure", ""}, field{"act.event", "Crackdown in north-east China", ""})
	w.record()
	w.code(page, "bar the UNHCR from visiting border areas and providing appropriate assistance", "act", "UNHCR barred", "",
		field{"act.kind", "denial.area", ""}, field{"act.victim", "+group: People in the border areas", ""}, field{"act.perpetrator", "+organisation: Government of China", "degree.ordered"})
	w.record()
	for _, c := range []struct{ words, label, kind string }{
		{"Some hide in the hills along the border and survive by scavenging, begging or stealing", "Hiding in the hills", "condition.hiding"},
		{"given support by China's local ethnic Korean community and foreign aid organizations", "Given support", "condition.sheltered"},
		{"have found work in local farms and enterprises", "Work in farms and enterprises", "condition.working"},
		{"Their illegal status makes them particularly vulnerable to exploitation and harassment", "Open to exploitation", "condition.exploited"},
	} {
		w.code(page, c.words, "condition", c.label, "general", field{"condition.kind", c.kind, ""})
		w.record().see("general condition")
	}
	w.code(page, "Various sources have reported that some North Korean women have been sold as brides", "act", "Women sold as brides", "",
		field{"act.kind", "around.marriage", ""}, field{"note", "according to various sources", ""})
	w.record().see("sale into marriage", "according to various sources")
	for _, f := range []struct{ kind, label string }{{"after.imprisonment", "Feared imprisonment"}, {"after.torture", "Feared torture"}, {"after.execution", "Feared execution"}, {"after.death", "Feared death in detention"}} {
		w.code(page, "This could include imprisonment, torture and in some cases summary execution or death in detention from starvation and disease", "act", f.label, "feared", field{"act.kind", f.kind, ""})
		w.record().see("feared or predicted")
	}
	w.code(page, `The Chinese government continues to insist that all North Koreans are "illegal immigrants"`, "position", "They are illegal immigrants", "",
		field{"position.kind", "position.status", ""}, field{"position.holder", "Government of China", ""}, field{"position.text", "All North Koreans are illegal immigrants.", ""})
	w.record()
	w.code(page, "giving them access to a fair and independent asylum procedure", "demand", "A fair and independent procedure", "",
		field{"demand.kind", "demand.procedure", ""}, field{"demand.of", "Government of China", ""}, field{"demand.text", "Give access to a fair and independent asylum procedure.", ""})
	w.record()
	w.code(page, "Until then the authorities should cease detentions and forcible repatriations", "demand", "Cease detentions and repatriations", "",
		field{"demand.kind", "demand.stop", ""}, field{"demand.of", "Government of China", ""}, field{"demand.text", "Cease detentions and forcible repatriations.", ""}, field{"demand.until", "until there is access to a procedure", ""})
	w.record().see("until there is access to a procedure")
	w.code(page, "Amnesty International sent an open letter today to the President of China", "act", "Open letter by others", "",
		field{"act.kind", "answer.letter", ""}, field{"act.date", "today", ""}, field{"act.actor", "+organisation: Sender of the letter", ""})
	w.record().see("appeal or open letter", "August 2001")

	// Everything leads back to its passage.
	w.open(page).see("Recorded from this page", "Hundreds returned", "Feared execution")
	w.open("/list/act?term=return&match=possibly").see("Hundreds returned", "Reported rate at Longjing").dont("Fines on helpers")
	w.open("/search?q=sold+as+brides").see("sold as brides")
}

// code is the local label on an entity's page, such as E-0003.
func code(t *testing.T, w *walker) string {
	t.Helper()
	i := strings.Index(w.body, `<p class="code">`)
	s, _, ok := strings.Cut(w.body[i+len(`<p class="code">`):], " ·")
	if i < 0 || !ok {
		t.Fatal("the page has no label")
	}
	return strings.TrimSpace(s)
}
