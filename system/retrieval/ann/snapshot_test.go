package ann

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestASnapshotIsTheIndex(t *testing.T) {
	const dim = 8
	rows := clustered(800, dim, 10, 0.7, ofRows)
	h := indexed(t, DefaultShape(dim), rows[:600*dim], 1)
	h.Delete(30)
	twin, err := Restore(h.Snapshot())
	require.NoError(t, err)
	assert.Equal(t, h.Hash(), twin.Hash())
	assert.Equal(t, 1, twin.Deleted())
	for i := 600; i < 800; i++ {
		for _, index := range []*HNSW{h, twin} {
			require.NoError(t, index.Insert(uint32(3*i), rows[i*dim:][:dim]))
		}
	}
	assert.Equal(t, h.Hash(), twin.Hash(), "and grows as it would have")
	for _, q := range questions(clustered(20, dim, 10, 0.7, ofQuestions), dim, 10, 40) {
		want, work, err := h.Search(q, nil)
		require.NoError(t, err)
		got, same, err := twin.Search(q, nil)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, work, same)
	}
	empty, err := Restore(NewHNSW(DefaultShape(3), 9, 2).Snapshot())
	require.NoError(t, err)
	assert.EqualValues(t, 9, empty.Version())
	assert.Zero(t, empty.Len())
}

func TestASnapshotIsWholeOrRefused(t *testing.T) {
	const dim = 4
	data := indexed(t, Shape{dim, 3, 10}, clustered(30, dim, 3, 0.7, ofRows), 1).Snapshot()
	for n := range data {
		_, err := Restore(data[:n])
		require.ErrorIs(t, err, ErrSnapshot, "cut at %d", n)
		spoilt := append([]byte(nil), data...)
		spoilt[n] ^= 4
		_, err = Restore(spoilt)
		require.ErrorIs(t, err, ErrSnapshot, "spoilt at %d", n)
	}
	_, err := Restore(append(data, 0))
	require.ErrorIs(t, err, ErrSnapshot)
}

// signed returns bytes with the checksum that makes Restore look at them.
func signed(body []byte) []byte {
	return binary.LittleEndian.AppendUint64(append([]byte(nil), body...), sum64(body))
}

// Damage that the checksum does not show: every byte of a small snapshot takes
// other values. What is accepted must be safe to walk.
func TestNoSoundSnapshotLeadsAstray(t *testing.T) {
	const dim = 2
	body := indexed(t, Shape{dim, 2, 10}, clustered(12, dim, 3, 0.7, ofRows), 1).content()
	for at := range body {
		for _, b := range []byte{0, 1, 2, 0x7f, 0x80, 0xff} {
			spoilt := append([]byte(nil), body...)
			spoilt[at] = b
			tryOut(t, signed(spoilt))
		}
	}
}

// tryOut restores what it can and uses it.
func tryOut(t *testing.T, data []byte) {
	h, err := Restore(data)
	if err != nil {
		require.ErrorIs(t, err, ErrSnapshot)
		return
	}
	v := make([]float32, h.shape.Dim)
	v[0] = 1
	q := Question{Version: h.Version(), Vector: v, K: 5, Breadth: 10}
	if _, err := h.Recall([]Question{q}); err != nil {
		t.Fatal(err)
	}
	if n := h.Len(); n > 0 && h.ids[n-1] < 1<<32-1 {
		require.NoError(t, h.Insert(h.ids[n-1]+1, v))
	}
	again, err := Restore(h.Snapshot())
	require.NoError(t, err)
	require.Equal(t, h.Hash(), again.Hash())
}

func FuzzRestore(f *testing.F) {
	f.Add(indexed(f, Shape{3, 2, 10}, clustered(20, 3, 3, 0.7, ofRows), 1).content())
	f.Add(NewHNSW(DefaultShape(1), 1, 1).content())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) < 1<<16 {
			tryOut(t, signed(body))
		}
	})
}
