package edtf

import "fmt"

// AgeSystem says how years of age are counted.
type AgeSystem uint8

// The ways to count an age.
const (
	// AgeUnstated covers every system below: what a source means that gives an
	// age and does not say how it was counted.
	AgeUnstated AgeSystem = iota
	// AgeInternational counts birthdays: 0 at birth.
	AgeInternational
	// AgeByYear is the difference of the years (연 나이), whatever the birthday.
	AgeByYear
	// AgeCounted is 1 at birth and grows at New Year of the Gregorian calendar
	// (세는나이, 虚岁 as often reckoned today).
	AgeCounted
	// AgeCountedKorean and AgeCountedChinese are 1 at birth and grow at the New
	// Year of the lunar calendar.
	AgeCountedKorean
	AgeCountedChinese
)

// String gives the name of the system.
func (s AgeSystem) String() string {
	switch s {
	case AgeInternational:
		return "international"
	case AgeByYear:
		return "by year"
	case AgeCounted:
		return "counted"
	case AgeCountedKorean:
		return "counted, Korean lunar year"
	case AgeCountedChinese:
		return "counted, Chinese lunar year"
	}
	return "not stated"
}

// Ages is a range of ages in whole years, both included.
type Ages struct{ Low, High int }

// maxAge bounds ages that BornFor takes; no person has lived longer.
const maxAge = 130

// AgeAt gives the ages that somebody born at one date may have at another. Both
// may be uncertain; the result covers every pair of days that they may mean,
// with the birth not after the other date. The second result is false where a
// date has no bounds, or the birth is certainly after the other date.
//
// A birthday on 29 February is taken to fall on either 28 February or 1 March in
// other years, since laws differ. A person born by a lunar calendar has the
// birth converted with [Lunar.Solar] first. Outside the tables of the lunar
// calendars the lunar New Year is taken to be any day from 20 January to 21
// February.
func AgeAt(born, at Date, system AgeSystem) (Ages, bool) {
	b, a := born.Span(), at.Span()
	if !b.Bounded() || !a.Bounded() || b.First > a.Last {
		return Ages{}, false
	}
	// The youngest is born as late and asked as early as may be, the oldest the
	// other way round.
	latest := min(b.Last, a.Last)
	low, _ := ageRange(latest, max(latest, a.First), system)
	_, high := ageRange(b.First, a.Last, system)
	return Ages{low, high}, true
}

// ageRange gives the lowest and the highest age on a day of somebody born on a
// day not after it.
func ageRange(born, at Day, system AgeSystem) (low, high int) {
	by, bm, bd := born.Civil()
	ay, am, ad := at.Civil()
	switch system {
	case AgeInternational:
		n := int(ay - by)
		low, high = n, n
		if am < bm || am == bm && ad < bd {
			low, high = n-1, n-1
		}
		// Born on 29 February, of age on 28 February or on 1 March.
		if bm == 2 && bd == 29 && am == 2 && ad == 28 && !isLeap(ay) {
			high = n
		}
		return low, high
	case AgeByYear:
		return int(ay - by), int(ay - by)
	case AgeCounted:
		return int(ay-by) + 1, int(ay-by) + 1
	case AgeCountedKorean:
		return lunarAge(born, at, &koreanYears)
	case AgeCountedChinese:
		return lunarAge(born, at, &chineseYears)
	}
	low, _ = ageRange(born, at, AgeInternational)
	_, high = ageRange(born, at, AgeCounted)
	for _, s := range []AgeSystem{AgeCountedKorean, AgeCountedChinese} {
		lo, hi := ageRange(born, at, s)
		low, high = min(low, lo), max(high, hi)
	}
	return low, high
}

func lunarAge(born, at Day, years *lunarYears) (low, high int) {
	bornLow, bornHigh := lunarYearOf(born, years)
	atLow, atHigh := lunarYearOf(at, years)
	return max(1, atLow-bornHigh+1), max(1, atHigh-bornLow+1)
}

// lunarYearOf gives the lunar year of a day, and the two that it may be in where
// the tables do not reach.
func lunarYearOf(day Day, years *lunarYears) (low, high int) {
	y, _, _ := day.Civil()
	year := int(y)
	first, last := DayOf(y, 1, 20), DayOf(y, 2, 21)
	if year >= firstLunarYear && year <= lastLunarYear {
		first = years.year(year).start
		last = first
	}
	switch {
	case day < first:
		return year - 1, year - 1
	case day >= last:
		return year, year
	}
	return year - 1, year
}

// BornFor gives the days on which somebody may have been born who has an age in
// the range at a date. It is the inverse of [AgeAt]: a birth on any other day
// gives another age on every day that the date may mean. Ages run from 0 to
// 130; a date without bounds, or a range that no birth fits (the age 0 in a
// system that starts at 1), is an error.
func BornFor(ages Ages, at Date, system AgeSystem) (Date, error) {
	if ages.Low < 0 || ages.High > maxAge || ages.Low > ages.High {
		return Date{}, fmt.Errorf("an age of %d to %d is not possible: ages run from 0 to %d", ages.Low, ages.High, maxAge)
	}
	a := at.Span()
	if !a.Bounded() {
		return Date{}, fmt.Errorf("a birth cannot be reckoned from an age without the date of the age; %q has no bounds", at)
	}
	// Age never grows with a later birth, so the births for an age are one
	// stretch and its ends are found by halving.
	far := DayOf(-maxAge-2, 1, 1) - DayOf(0, 1, 1) // days, negative
	first := searchDay(a.First+far, a.First, func(born Day) bool {
		low, _ := ageRange(born, a.First, system)
		return low <= ages.High
	})
	last := searchDay(a.Last+far, a.Last+1, func(born Day) bool {
		if born > a.Last {
			return true
		}
		_, high := ageRange(born, a.Last, system)
		return high < ages.Low
	}) - 1
	// On the day of birth itself the age is the least there is.
	if first == a.First {
		if low, _ := ageRange(first, a.First, system); low > ages.High {
			return Date{}, fmt.Errorf("nobody is %d years old by counting that starts at 1", ages.High)
		}
	}
	if first > last {
		return Date{}, fmt.Errorf("nobody has an age of %d to %d at %v", ages.Low, ages.High, at)
	}
	return Window(Span{first, last}), nil
}

// searchDay finds the first day in [from, to) for which the condition, once true,
// stays true; or to.
func searchDay(from, to Day, holds func(Day) bool) Day {
	for from < to {
		mid := from + (to-from)/2
		if holds(mid) {
			to = mid
		} else {
			from = mid + 1
		}
	}
	return from
}
