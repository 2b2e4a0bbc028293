package spec

// number is what a column of numbers is laid out as.
type number interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// width is how numbers are laid out in memory.
type width uint8

const (
	width64 width = iota
	width32
	width16
	width8
	widthU64
	widthU32
	widthU16
	widthU8
	widthFloat64
	widthFloat32
	widthTime
)

func widthOf(c *column) width {
	var w width
	switch c.form {
	case formTime:
		return widthTime
	case formBool:
		return widthU8
	case formInt:
	case formUint:
		w = widthU64
	case formFloat:
		w = widthFloat64
	default:
		return 0
	}
	switch c.typ.Size() {
	case 1:
		w += width8
	case 2:
		w += width16
	case 4:
		w += width32
	}
	return w
}

// read reads an integer, or the bits of a truth value.
func (w width) read(p place) uint64 {
	switch w {
	case width32:
		return uint64(readAs[int32](p))
	case width16:
		return uint64(readAs[int16](p))
	case width8:
		return uint64(readAs[int8](p))
	case widthU32:
		return uint64(readAs[uint32](p))
	case widthU16:
		return uint64(readAs[uint16](p))
	case widthU8:
		return uint64(readAs[uint8](p))
	}
	return readAs[uint64](p)
}

func (w width) readFloat(p place) float64 {
	if w == widthFloat32 {
		return float64(readAs[float32](p))
	}
	return readAs[float64](p)
}
