package spec

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, without a time and without a zone.
// It is a kind of its own because engines disagree about what day an instant
// falls on. The zero Date is no day and matches nothing.
type Date struct {
	Year  int // 1 to 9999
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads YYYY-MM-DD (RFC 3339 full-date).
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("spec: a date of %d bytes is not a YYYY-MM-DD of the years 1 to 9999", len(text))
	}
	return DateOf(t), nil
}

// Valid reports whether d is a day of the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && DateOf(d.midnight()) == d
}

// String returns the day as YYYY-MM-DD.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// number keeps the order of the calendar: 2024-07-01 is 20240701.
func (d Date) number() int64 { return int64(d.Year)*10000 + int64(d.Month)*100 + int64(d.Day) }

func dateOfNumber(n int64) Date {
	return Date{int(n / 10000), time.Month(n / 100 % 100), int(n % 100)}
}

// MarshalText returns YYYY-MM-DD, or an error where d is no day.
func (d Date) MarshalText() ([]byte, error) {
	if !d.Valid() {
		return nil, fmt.Errorf("spec: not a day of the calendar")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// Value implements [driver.Valuer]: the text YYYY-MM-DD.
func (d Date) Value() (driver.Value, error) {
	text, err := d.MarshalText()
	return string(text), err
}

// Scan implements the Scanner of database/sql. A time counts by the day it
// shows in UTC, which is how drivers deliver a date column.
func (d *Date) Scan(src any) (err error) {
	switch x := src.(type) {
	case string:
		*d, err = ParseDate(x)
	case []byte:
		*d, err = ParseDate(string(x))
	case time.Time:
		*d = DateOf(x.UTC())
	default:
		err = fmt.Errorf("spec: cannot scan %T into a Date", src)
	}
	return err
}
