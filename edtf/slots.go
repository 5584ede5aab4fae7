package edtf

// slotSet says which slots of a moment are filled. Every way to understand a
// moment names the slots it uses, and a phrase that fills others is refused:
// nothing that a person wrote is dropped in silence.
type slotSet uint32

const (
	slotYear slotSet = 1 << iota
	slotDecade
	slotCentury
	slotMonth
	slotDay
	slotSeason
	slotQuarter
	slotHalf
	slotWeekday
	slotPart
	slotWeek // of a month, or the n-th weekday
	slotLastDay
	slotNight
	slotWeekOf
	slotShift // last, this, next with a name
	slotRel
	slotLastNight
	slotRecent
	slotNow
	slotEarlier
	slotLength
	slotLunar
)

// inMonth are the slots that say which days of a month are meant.
const inMonth = slotDay | slotPart | slotWeek | slotWeekday | slotLastDay | slotHalf | slotNight | slotWeekOf

// inYearSlots are those that say which part of a year is meant.
const inYearSlots = slotMonth | slotSeason | slotQuarter | inMonth

func (m *moment) slots() slotSet {
	var s slotSet
	set := func(filled bool, slot slotSet) {
		if filled {
			s |= slot
		}
	}
	set(m.hasYear && !m.decade, slotYear)
	set(m.decade, slotDecade)
	set(m.century > 0, slotCentury)
	set(m.month > 0, slotMonth)
	set(m.day > 0, slotDay)
	set(m.season > 0, slotSeason)
	set(m.quarter > 0, slotQuarter)
	set(m.half > 0, slotHalf)
	set(m.weekday > 0, slotWeekday)
	set(m.part != wholePart, slotPart)
	set(m.week != 0 || m.nth != 0, slotWeek)
	set(m.lastDay, slotLastDay)
	set(m.night, slotNight)
	set(m.weekOf > 0, slotWeekOf)
	set(m.hasShift || m.past, slotShift)
	set(m.rel != noUnit, slotRel)
	set(m.lastNight, slotLastNight)
	set(m.recent, slotRecent)
	set(m.now, slotNow)
	set(m.earlier != 0, slotEarlier)
	set(m.length != noUnit, slotLength)
	set(m.lunar, slotLunar)
	return s
}

// usable gives the slots that the chosen way to understand the moment uses.
func (m *moment) usable() slotSet {
	switch {
	case m.length != noUnit:
		return slotLength | slotShift // "the last two months"
	case m.now:
		return slotNow
	case m.recent:
		return slotRecent
	case m.lunar:
		return slotLunar | slotYear | slotRel | slotMonth | slotDay | slotPart
	case m.lastNight:
		return slotLastNight
	case m.earlier != 0:
		return slotEarlier | slotRel
	case m.rel == unitDay:
		return slotRel | slotNight
	case m.rel == unitWeek:
		return slotRel | slotWeekday | slotNight
	case m.rel == unitMonth:
		return slotRel | inMonth
	case m.rel == unitYear:
		return slotRel | inYearSlots
	case m.rel != noUnit:
		return slotRel | slotPart | slotDecade
	case m.century > 0:
		return slotCentury | slotPart
	case m.decade:
		return slotDecade | slotPart
	case m.hasYear:
		return slotYear | inYearSlots
	}
	return inYearSlots | slotShift
}

// clash says whether two slots are filled that name different stretches.
func (m *moment) clash() bool {
	s := m.slots()
	for _, pair := range []slotSet{
		slotSeason | slotMonth, slotSeason | slotDay, slotSeason | slotQuarter, slotSeason | slotHalf,
		slotQuarter | slotMonth, slotQuarter | slotDay, slotQuarter | slotHalf, slotHalf | slotDay,
		slotHalf | slotWeek, slotHalf | slotLastDay, slotDay | slotWeek, slotDay | slotLastDay,
		slotWeek | slotPart, slotWeek | slotLastDay, slotPart | slotLastDay,
	} {
		if s&pair == pair {
			return true
		}
	}
	return false
}
