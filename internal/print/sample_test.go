package print

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is a letter that uses every block and every script. All people in it
// are invented.
func sample() Document {
	return Document{
		Title:     "Appeal: a family of seven held in a border town",
		Language:  "en",
		Reference: "AX-2001-014",
		Date:      "12 June 2001",
		Sender:    []string{"Office for Returned People", "14 Harbour Street", "서울특별시"},
		Address:   []string{"To the Prefecture", "延吉市"},
		Labels:    Labels{Notes: "Notes", Page: "Page %d of %d", Reference: "Our reference:", Translation: "In English:"},
		Footer:    "Office for Returned People · AX-2001-014",
		Created:   time.Date(2001, 6, 12, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			Heading(1, "What happened"),
			Paragraph(Text("On 10 June a family of seven was arrested in "), Strong("Longjing (龙井, 룡정)"),
				NoteRef("report"), Text(", and "), Emph("may"), Text(" be returned within "), Missing("hours"), Text(". See "),
				LinkTo("the record", "/record/events/E-12"), Text(" and note"), NoteRef("report"), Text(".")),
			Paragraph(Text("Names are written as they were given: Nguyễn Thị Ánh, Ŏm Kŭm-nyŏ, Łukasz Żółć, Řehoř, Олена Ґудзь, Αλέξανδρος. "),
				Text("Markup must stay text: <b>*not bold*</b> & 1. # _x_ [y](z) | ~")),
			{Kind: KindParagraph, Language: "ko", Runs: []Run{Text("가족 일곱 명이 국경 도시에서 붙잡혀 구금되어 있으며, 곧 강제로 송환될 위험에 놓여 있습니다. 유엔난민기구의 접근을 허용하고 난민 심사 절차를 보장해 주십시오.")}},
			{Kind: KindParagraph, Language: "zh-Hans", Runs: []Run{Text("一家七口在边境城市被捕，现被拘留，面临被强制遣返的危险。请允许联合国难民署接触他们，并保证公正的难民审查程序（包括口译和申诉）。")}},
			{Kind: KindParagraph, Language: "ar", Runs: []Run{Text("اعتُقلت عائلة من سبعة أشخاص في 10 يونيو 2001 في بلدة Longjing الحدودية، وقد تُعاد قسراً خلال ساعات. لا يجوز ردّ أي شخص إلى بلد يتعرض فيه للتعذيب (المادة 3).")}},
			{Kind: KindParagraph, Language: "th", Runs: []Run{Text("ครอบครัวเจ็ดคนถูกจับกุมที่เมืองชายแดน")}},
			Quotation("ko", Text("우리는 갈 곳이 없습니다.")),
			{Kind: KindQuote, Language: "zh-Hans", Runs: []Run{Text("他们在夜里被带走。")}, Translation: []Run{Text("They were taken away at night.")},
				Source: []Run{Text("Neighbour, interview of 11 June"), NoteRef("interview")}},
			Heading(2, "What we ask"),
			NumberedList(
				ItemOf(Text("Do not return the family.")),
				Item{Runs: []Run{Text("Let UNHCR see them:")}, Items: []Item{ItemOf(Text("in private,")), ItemOf(Text("with an interpreter."))}},
				ItemOf(Text("Answer by 14 June.")),
			),
			Heading(3, "Who is held"),
			TableBlock(Table{Caption: "Persons held, by age", Columns: []Column{{Name: "Person"}, {Name: "Since"}, {Name: "Age", Numeric: true}},
				Rows: [][]Cell{
					{CellOf("P-0412 (mother)"), CellOf("10 June 2001"), CellOf("41")},
					{CellOf("P-0413"), {Runs: []Run{Text("10 June 2001"), NoteRef("report")}}, CellOf("17")},
					{CellOf("P-0414, whose name and whereabouts have not been confirmed by anyone outside the detention centre"), {Runs: []Run{Missing("date")}}, CellOf("about 3")},
				}}),
			Rule(),
			List(ItemOf(Text("- a dash at the start")), ItemOf(Text("# and a hash"))),
			PageBreak(),
			Paragraph(Text("On the next page.")),
		},
		Notes: []Note{
			{ID: "unused", Runs: []Run{Text("A note that the text does not refer to.")}},
			{ID: "interview", Runs: []Run{Text("Interview T-7, with interpreter.")}},
			{ID: "report", Runs: []Run{Text("News release of 10 June 2001, "), Emph("p. 2"), Text(".")}, Link: "https://example.org/release?a=1&b=2"},
		},
		Signatories: []Signatory{{Name: "A. Example", Role: "Director", Organisation: "Office for Returned People"}, {Name: "나무", Role: "변호사"}},
	}
}

// arabicSample is a letter that runs from right to left.
func arabicSample() Document {
	return Document{
		Title:    "نداء عاجل",
		Language: "ar",
		Date:     "12 يونيو 2001",
		Created:  time.Date(2001, 6, 12, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			Paragraph(Text("لا تُعيدوا العائلة إلى UNHCR أو 12% من غيرها.")),
			List(ItemOf(Text("أولاً: الوصول إلى المحامي."))),
			TableBlock(Table{Columns: []Column{{Name: "الشخص"}, {Name: "العمر", Numeric: true}}, Rows: [][]Cell{{CellOf("P-1"), CellOf("41")}}}),
		},
	}
}

func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", path, diff)
	}
}
