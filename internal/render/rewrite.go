package render

import (
	"reflect"
	"time"
)

// rewrite returns a deep copy of v in which every string went through f and no
// list is nil. It works on plain data: structs, slices, maps to strings,
// pointers.
func rewrite[T any](v T, f func(string) string) T {
	var out T
	rewriteInto(reflect.ValueOf(&out).Elem(), reflect.ValueOf(v), f)
	return out
}

// rewriteInto copies src to dst, which can be set.
func rewriteInto(dst, src reflect.Value, f func(string) string) {
	dst.Set(src)
	switch src.Kind() {
	case reflect.String:
		dst.SetString(f(src.String()))
	case reflect.Pointer:
		if !src.IsNil() {
			dst.Set(reflect.New(src.Type().Elem()))
			rewriteInto(dst.Elem(), src.Elem(), f)
		}
	case reflect.Slice:
		dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
		for i := range src.Len() {
			rewriteInto(dst.Index(i), src.Index(i), f)
		}
	case reflect.Struct:
		if src.Type() == reflect.TypeFor[time.Time]() {
			return // plain data already, with fields of its own
		}
		for i := range src.NumField() {
			rewriteInto(dst.Field(i), src.Field(i), f)
		}
	}
}
