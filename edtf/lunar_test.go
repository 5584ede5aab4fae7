package edtf

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLunarSolar(t *testing.T) {
	tests := []struct {
		name  string
		lunar Lunar
		want  string // or the start of the error after "!"
	}{
		{"Seollal 2001", Lunar{LunarKorean, 2001, 1, 1, LeapUnstated}, "2001-01-24"},
		{"Chuseok 2001", Lunar{LunarKorean, 2001, 8, 15, LeapUnstated}, "2001-10-01"},
		{"Mid-Autumn 2020, after a leap month", Lunar{LunarChinese, 2020, 8, 15, LeapUnstated}, "2020-10-01"},
		{"first year of the table", Lunar{LunarChinese, 1900, 1, 1, LeapUnstated}, "1900-01-31"},
		{"last New Year of the table", Lunar{LunarKorean, 2100, 1, 1, LeapUnstated}, "2100-02-09"},
		{"leap fourth month 2001", Lunar{LunarKorean, 2001, 4, 3, LeapYes}, "2001-05-25"},
		{"the fourth month before it", Lunar{LunarKorean, 2001, 4, 3, LeapNo}, "2001-04-26"},
		{"fourth month, leap not stated", Lunar{LunarKorean, 2001, 4, 3, LeapUnstated}, "[2001-04-26,2001-05-25]"},
		{"late leap month 2033", Lunar{LunarChinese, 2033, 11, 1, LeapYes}, "2033-12-22"},
		{"leap tenth month of Korea 1984", Lunar{LunarKorean, 1984, 10, 1, LeapYes}, "1984-11-23"},
		{"the countries a day apart", Lunar{LunarUnstated, 1997, 1, 1, LeapUnstated}, "[1997-02-07..1997-02-08]"},
		{"Korea 1997", Lunar{LunarKorean, 1997, 1, 1, LeapUnstated}, "1997-02-08"},
		{"China 1997", Lunar{LunarChinese, 1997, 1, 1, LeapUnstated}, "1997-02-07"},
		{"the countries a leap month apart", Lunar{LunarUnstated, 2012, 4, 1, LeapYes}, "2012-05-21"},
		{"both agree", Lunar{LunarUnstated, 2001, 5, 3, LeapUnstated}, "2001-06-23"},
		{"a whole month", Lunar{LunarKorean, 2001, 5, 0, LeapUnstated}, "[2001-06-21..2001-07-20]"},
		{"a whole year", Lunar{LunarKorean, 2001, 0, 0, LeapUnstated}, "[2001-01-24..2002-02-11]"},
		{"before the tables", Lunar{LunarKorean, 1850, 8, 15, LeapNo}, "[1850-08-30..1850-10-10]"},
		{"before the tables, leap not stated", Lunar{LunarKorean, 1850, 8, 15, LeapUnstated}, "[1850-08-30..1850-11-09]"},
		{"no thirtieth day", Lunar{LunarKorean, 2001, 4, 30, LeapYes}, "!the Korean lunar year 2001 does not repeat month 4"},
		{"no leap month", Lunar{LunarKorean, 2001, 5, 1, LeapYes}, "!the Korean lunar year 2001 does not repeat month 5"},
		{"a short month", Lunar{LunarKorean, 2001, 7, 30, LeapUnstated}, "!month 7 of the Korean lunar year 2001 has no day 30"},
		{"no month 13", Lunar{LunarKorean, 2001, 13, 1, LeapUnstated}, "!there is no day 1 of month 13"},
		{"no day 31", Lunar{LunarKorean, 2001, 1, 31, LeapUnstated}, "!there is no day 31"},
		{"a day without a month", Lunar{LunarKorean, 2001, 0, 3, LeapUnstated}, "!there is no day 3 of month 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := tt.lunar.Solar()
			got := d.String()
			if err != nil {
				got = "!" + err.Error()
			}
			if got != tt.want && (err == nil || !strings.HasPrefix(got, tt.want)) {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestLunarRoundTrip goes through every day of both tables.
func TestLunarRoundTrip(t *testing.T) {
	for _, calendar := range []LunarCalendar{LunarKorean, LunarChinese} {
		day, end := DayOf(1900, 1, 31), DayOf(2101, 1, 29)
		if calendar == LunarKorean {
			day = koreanYears.year(1900).start
		}
		for ; day < end; day++ {
			l, err := LunarOf(day, calendar)
			if err != nil {
				t.Fatal(err)
			}
			back, err := l.spans()
			if err != nil || len(back) != 1 || back[0] != (Span{day, day}) {
				t.Fatalf("%v is %+v, which is %v, %v", day, l, back, err)
			}
		}
		if _, err := LunarOf(end, calendar); err == nil {
			t.Errorf("%v: the day after the table has a lunar date", calendar)
		}
	}
	for _, day := range []Day{DayOf(1900, 1, 1), DayOf(1800, 1, 1), DayOf(2200, 1, 1), MinDay, MaxDay} {
		if l, err := LunarOf(day, LunarKorean); err == nil {
			t.Errorf("%v is %+v, outside the table", day, l)
		}
	}
	if _, err := LunarOf(DayOf(2001, 1, 1), LunarUnstated); err == nil {
		t.Error("a lunar date without a calendar")
	}
}

func TestLunarYearsFollowOneAnother(t *testing.T) {
	for _, table := range []*lunarYears{&koreanYears, &chineseYears} {
		for y := firstLunarYear; y < lastLunarYear; y++ {
			year := table.year(y)
			if next := table.year(y + 1).start; year.start+Day(year.days()) != next {
				t.Errorf("%d ends before %v, the next begins on %v", y, year.start+Day(year.days()), next)
			}
		}
	}
}

// TestLunarWindowsHoldTheTables checks the windows for years outside the tables
// on the years inside.
func TestLunarWindowsHoldTheTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar := rapid.SampledFrom([]LunarCalendar{LunarKorean, LunarChinese}).Draw(t, "calendar")
		day := Day(rapid.Int64Range(int64(DayOf(1901, 1, 1)), int64(DayOf(2100, 1, 1))).Draw(t, "day"))
		l, err := LunarOf(day, calendar)
		if err != nil {
			t.Fatal(err)
		}
		if !l.outsideTables().Contains(day) {
			t.Fatalf("%+v is %v, outside its window %v", l, day, l.outsideTables())
		}
		l.Leap = LeapUnstated
		if !l.outsideTables().Contains(day) {
			t.Fatalf("%+v is %v, outside its window %v", l, day, l.outsideTables())
		}
		l.Month, l.Day = 0, 0
		if !l.outsideTables().Contains(day) {
			t.Fatalf("%v lies outside the year %+v", day, l)
		}
	})
}

// TestLunarTablesAgainstTheSky computes every new moon and the sun's longitude
// with the formulas of Meeus, Astronomical Algorithms, chapters 25 and 49, and
// compares every month of both tables: it begins on the local day of a new moon,
// a repeated month holds no principal term, and the winter solstice falls into
// the eleventh month.
func TestLunarTablesAgainstTheSky(t *testing.T) {
	chinese := func(y int) float64 {
		if y < 1929 {
			return 7 + 45.0/60 + 40.0/3600
		}
		return 8
	}
	korean := func(y int) float64 {
		switch {
		case y < 1912:
			return chinese(y) // the calendar of Beijing was used
		case y >= 1954 && y < 1962:
			return 8.5
		}
		return 9
	}
	// The published calendar of 1906 rests on an older reckoning of the moon.
	const published = "1906-04-24"
	for _, tt := range []struct {
		name  string
		table *lunarYears
		zone  func(int) float64
	}{
		{"China", &chineseYears, chinese},
		{"Korea", &koreanYears, korean},
	} {
		t.Run(tt.name, func(t *testing.T) {
			near := 0
			for y := firstLunarYear; y <= lastLunarYear; y++ {
				for m := range tt.table.year(y).months() {
					gap := fromDay(newMoonNear(m.start), m.start, tt.zone(y))
					if gap != 0 {
						near++
						// Minutes from midnight cannot be told by these formulas.
						if math.Abs(gap) > 5.0/1440 && m.start.String() != published {
							t.Errorf("%d month %d begins on %v, %.0f minutes from the new moon's day", y, m.number, m.start, gap*1440)
						}
					}
					checkTerms(t, y, m, tt.zone(y))
				}
			}
			if near > 10 {
				t.Errorf("%d months begin beside the day of the new moon", near)
			}
		})
	}
}

// fromDay gives how far, in days, an instant lies outside a local day.
func fromDay(jd float64, day Day, zone float64) float64 {
	local := jd - 2440587.5 + zone/24 - float64(day)
	switch {
	case local < 0:
		return local
	case local >= 1:
		return local - 1
	}
	return 0
}

func checkTerms(t *testing.T, year int, m lunarMonth, zone float64) {
	t.Helper()
	const slack = 0.03 // degrees: three quarters of an hour
	start := sunLongitude(float64(m.start) + 2440587.5 - zone/24)
	end := sunLongitude(float64(m.start) + float64(m.length) + 2440587.5 - zone/24)
	if end < start {
		end += 360
	}
	first := math.Ceil(start/30) * 30
	switch {
	case m.leap && first < end-slack && first > start+slack:
		t.Errorf("%d: the repeated month %d holds the sun at %v degrees", year, m.number, first)
	case m.number == 11 && !m.leap && (270 < start-slack || 270 > end+slack):
		t.Errorf("%d: month 11 does not hold the winter solstice", year)
	}
}

// deltaT gives terrestrial minus universal time, in days, to half a minute.
func deltaT(year float64) float64 {
	years := []float64{1890, 1900, 1920, 1950, 1975, 2000, 2020, 2050, 2110}
	seconds := []float64{-6, -3, 21, 29, 45, 64, 70, 93, 220}
	for i := 1; i < len(years); i++ {
		if year <= years[i] {
			f := (year - years[i-1]) / (years[i] - years[i-1])
			return (seconds[i-1] + f*(seconds[i]-seconds[i-1])) / 86400
		}
	}
	return seconds[len(seconds)-1] / 86400
}

func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }

// newMoonNear gives the Julian date, in universal time, of the new moon nearest
// to a day.
func newMoonNear(day Day) float64 {
	year := 1970 + float64(day)/365.2425
	k := math.Round((float64(day) + 0.5 + 2440587.5 - 2451550.09766) / 29.530588861)
	T := k / 1236.85
	e := 1 - 0.002516*T - 0.0000074*T*T
	m := 2.5534 + 29.10535670*k - 0.0000014*T*T
	mm := 201.5643 + 385.81693528*k + 0.0107582*T*T + 0.00001238*T*T*T
	f := 160.7108 + 390.67050284*k - 0.0016118*T*T - 0.00000227*T*T*T
	om := 124.7746 - 1.56375588*k + 0.0020672*T*T
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*T*T - 0.00000015*T*T*T
	jde += -0.40720*sin(mm) + 0.17241*e*sin(m) + 0.01608*sin(2*mm) + 0.01039*sin(2*f) +
		0.00739*e*sin(mm-m) - 0.00514*e*sin(mm+m) + 0.00208*e*e*sin(2*m) - 0.00111*sin(mm-2*f) -
		0.00057*sin(mm+2*f) + 0.00056*e*sin(2*mm+m) - 0.00042*sin(3*mm) + 0.00042*e*sin(m+2*f) +
		0.00038*e*sin(m-2*f) - 0.00024*e*sin(2*mm-m) - 0.00017*sin(om)
	jde += 0.000325*sin(299.77+0.107408*k-0.009173*T*T) + 0.000165*sin(251.88+0.016321*k) +
		0.000164*sin(251.83+26.651886*k) + 0.000126*sin(349.42+36.412478*k) + 0.000110*sin(84.66+18.206239*k)
	return jde - deltaT(year)
}

// sunLongitude gives the apparent longitude of the sun to a hundredth of a
// degree.
func sunLongitude(jd float64) float64 {
	T := (jd + deltaT(2000+(jd-2451545)/365.25) - 2451545) / 36525
	m := 357.52911 + 35999.05029*T - 0.0001537*T*T
	c := (1.914602-0.004817*T)*sin(m) + (0.019993-0.000101*T)*sin(2*m) + 0.000289*sin(3*m)
	lon := 280.46646 + 36000.76983*T + 0.0003032*T*T + c - 0.00569 - 0.00478*sin(125.04-1934.136*T)
	return math.Mod(math.Mod(lon, 360)+360, 360)
}
