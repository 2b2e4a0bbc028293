package spec

import "math"

func (k *kernel) keepRange(c cells, o *operand, sel []uint16) int {
	switch {
	case k.width == widthTime:
		return keepTimes(c, o, sel, k.flip)
	case o.none && k.flip:
		return len(sel)
	case o.none:
		return 0
	}
	switch k.width {
	case width64:
		return keepRange[int64](c, o, sel, k.flip)
	case width32:
		return keepRange[int32](c, o, sel, k.flip)
	case width16:
		return keepRange[int16](c, o, sel, k.flip)
	case width8:
		return keepRange[int8](c, o, sel, k.flip)
	case widthU64:
		return keepRange[uint64](c, o, sel, k.flip)
	case widthU32:
		return keepRange[uint32](c, o, sel, k.flip)
	case widthU16:
		return keepRange[uint16](c, o, sel, k.flip)
	case widthU8:
		return keepRange[uint8](c, o, sel, k.flip)
	}
	return k.keepTested(c, o, sel)
}

// keepRange keeps what is in the range of the operand, or flipped, outside.
func keepRange[V number](c cells, o *operand, sel []uint16, flip bool) int {
	least, more, n := o.a, o.b, 0
	if flip { // outside is the range behind it, as long as the numbers go round
		if more == math.MaxUint64 {
			return 0
		}
		least, more = least+more+1, math.MaxUint64-more-1
	}
	for _, i := range sel {
		sel[n] = i
		if uint64(readAs[V](c.at(i)))-least <= more {
			n++
		}
	}
	return n
}

// keepMembers keeps what is among a few integers, or flipped, what is not.
func (k *kernel) keepMembers(c cells, o *operand, sel []uint16) int {
	var room [fewNumbers]uint64
	for i := range *o.elements {
		room[i%fewNumbers] = (*o.elements)[i].num
	}
	members, out, n := room[:len(*o.elements)], b2i(k.flip), 0
	for _, i := range sel {
		v, found := k.width.read(c.at(i)), 0
		for j := range members {
			found |= b2i(members[j] == v)
		}
		sel[n] = i
		n += found ^ out
	}
	return n
}

// keepFloats keeps what is in the range of the operand, or flipped, outside; never what
// is not a number.
func keepFloats[V float32 | float64](c cells, o *operand, sel []uint16, flip bool) int {
	low, high, n := math.Float64frombits(o.a), math.Float64frombits(o.b), 0
	if flip {
		for _, i := range sel {
			sel[n] = i
			f := float64(readAs[V](c.at(i)))
			n += b2i(f < low) | b2i(f > high)
		}
		return n
	}
	for _, i := range sel {
		sel[n] = i
		f := float64(readAs[V](c.at(i)))
		n += b2i(f >= low) & b2i(f <= high)
	}
	return n
}

// keepTimes is keepRange of instants. One that nobody can store is neither inside nor
// outside.
func keepTimes(c cells, o *operand, sel []uint16, flip bool) int {
	least, more, out, n := o.a, o.b, uint8(b2i(flip)), 0
	for _, i := range sel {
		sel[n] = i
		t := readTime(c.at(i))
		second := t.Unix()
		micros := uint64(second*1e6 + int64(t.Nanosecond())/1e3)
		in := uint8(b2i(micros-least <= more))
		n += int((in ^ out) & uint8(b2i(uint64(second-firstSecond) <= lastSecond-firstSecond)))
	}
	return n
}
