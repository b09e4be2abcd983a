//go:build !purego

#include "textflag.h"
#include "mask_amd64.h"

// The 32 partial sums of Dot's contract are the lanes of Y0, Y1, Y2, Y3.
// Multiplication and addition stay two instructions, so that each product is
// rounded as in Go. A vector whose length is no multiple of 32 continues in Y0,
// Y1, Y2, Y3, the last lanes masked: they add +0, which changes no sum that
// began at +0.
//
//	SI row    DI query    DX length    AX index    Y15 mask of the last lanes
//	R11 length in whole blocks of 32   R12 length in whole vectors of 8

// DOT8 and DISTANCE8 add eight terms to acc.
#define DOT8(offset, acc) \
	VMOVUPS offset(SI)(AX*4), Y4     \
	VMULPS  offset(DI)(AX*4), Y4, Y4 \
	VADDPS  Y4, acc, acc

#define DISTANCE8(offset, acc) \
	VMOVUPS offset(SI)(AX*4), Y4     \
	VSUBPS  offset(DI)(AX*4), Y4, Y4 \
	VMULPS  Y4, Y4, Y4               \
	VADDPS  Y4, acc, acc

// DOT_TAIL and DISTANCE_TAIL add the terms that the mask admits.
#define DOT_TAIL(acc) \
	VMASKMOVPS (SI)(AX*4), Y15, Y4 \
	VMASKMOVPS (DI)(AX*4), Y15, Y5 \
	VMULPS     Y5, Y4, Y4          \
	VADDPS     Y4, acc, acc

#define DISTANCE_TAIL(acc) \
	VMASKMOVPS (SI)(AX*4), Y15, Y4 \
	VMASKMOVPS (DI)(AX*4), Y15, Y5 \
	VSUBPS     Y5, Y4, Y4          \
	VMULPS     Y4, Y4, Y4          \
	VADDPS     Y4, acc, acc

// LENGTHS prepares R11, R12 and Y15 from DX.
#define LENGTHS \
	MOVQ DX, R11  \
	ANDQ $-32, R11 \
	MOVQ DX, R12  \
	ANDQ $-8, R12 \
	MOVQ DX, R8   \
	ANDQ $7, R8   \
	TAIL_MASK(R8, R13, Y15)

// PARTIAL_SUMS runs over one pair of vectors. It may stand once in a function.
#define PARTIAL_SUMS(ADD8, ADD_TAIL) \
	VXORPS Y0, Y0, Y0 \
	VXORPS Y1, Y1, Y1 \
	VXORPS Y2, Y2, Y2 \
	VXORPS Y3, Y3, Y3 \
	XORQ   AX, AX     \
	CMPQ   R11, $0    \
	JE     rest0      \
block:                \
	ADD8(0, Y0)       \
	ADD8(32, Y1)      \
	ADD8(64, Y2)      \
	ADD8(96, Y3)      \
	ADDQ $32, AX      \
	CMPQ AX, R11      \
	JLT  block        \
rest0:                \
	CMPQ AX, R12      \
	JE   tail0        \
	ADD8(0, Y0)       \
	ADDQ $8, AX       \
	CMPQ AX, R12      \
	JE   tail1        \
	ADD8(0, Y1)       \
	ADDQ $8, AX       \
	CMPQ AX, R12      \
	JE   tail2        \
	ADD8(0, Y2)       \
	ADDQ $8, AX       \
	CMPQ AX, DX       \
	JE   fold         \
	ADD_TAIL(Y3)      \
	JMP  fold         \
tail0:                \
	CMPQ AX, DX       \
	JE   fold         \
	ADD_TAIL(Y0)      \
	JMP  fold         \
tail1:                \
	CMPQ AX, DX       \
	JE   fold         \
	ADD_TAIL(Y1)      \
	JMP  fold         \
tail2:                \
	CMPQ AX, DX       \
	JE   fold         \
	ADD_TAIL(Y2)      \
fold:                 \
	VADDPS Y1, Y0, Y0 \
	VADDPS Y3, Y2, Y2 \
	VADDPS Y2, Y0, Y0

// FOLD adds up the eight sums of Y0, which leaves the product in X0.
#define FOLD \
	VEXTRACTF128 $1, Y0, X1 \
	VADDPS       X1, X0, X0 \
	VMOVHLPS     X0, X0, X1 \
	VADDPS       X1, X0, X0 \
	VMOVSHDUP    X0, X1     \
	VADDSS       X1, X0, X0

// To fold a row takes longer than to multiply a short one. Eight rows can fold
// together, along the same tree: each leaves its eight sums in a slot of the
// stack, and HALVES reads the first half of row a's and of row b's as one vector,
// and the second halves as another.
#define HALVES(a, b, sum) \
	VMOVUPS     a(BX), X0            \
	VINSERTF128 $1, b(BX), Y0, Y0    \
	VMOVUPS     16+a(BX), X1         \
	VINSERTF128 $1, 16+b(BX), Y1, Y1 \
	VADDPS      Y1, Y0, sum

// FOLD8 stores the products of the eight rows whose sums lie in the slots.
#define FOLD8 \
	HALVES(0, 128, Y2)          \
	HALVES(32, 160, Y3)         \
	HALVES(64, 192, Y4)         \
	HALVES(96, 224, Y5)         \
	VUNPCKLPD Y3, Y2, Y0        \
	VUNPCKHPD Y3, Y2, Y1        \
	VADDPS    Y1, Y0, Y2        \
	VUNPCKLPD Y5, Y4, Y0        \
	VUNPCKHPD Y5, Y4, Y1        \
	VADDPS    Y1, Y0, Y4        \
	VSHUFPS   $0x88, Y4, Y2, Y0 \
	VSHUFPS   $0xDD, Y4, Y2, Y1 \
	VADDPS    Y1, Y0, Y0        \
	VMOVUPS   Y0, (R9)          \
	ADDQ      $32, R9

// So do rows of 16 and of 64 numbers, as indexes have them, with the query in
// registers. The first terms are not added to +0, as they are in PARTIAL_SUMS;
// that shows only where all terms are -0, and to add +0 to their sum, which is
// the zero in Y7, makes it good.

// ROW16 leaves the eight sums of a row of 16 numbers in a slot.
#define ROW16(row) \
	VMULPS  64*row(SI), Y8, Y0    \
	VMULPS  64*row+32(SI), Y9, Y1 \
	VADDPS  Y1, Y0, Y0            \
	VADDPS  Y7, Y0, Y0            \
	VMOVUPS Y0, 32*row(BX)

// TWO64 begins one of the 32-number sums with its two terms.
#define TWO64(offset, q0, q1, acc) \
	VMULPS offset(SI), q0, acc    \
	VMULPS 128+offset(SI), q1, Y4 \
	VADDPS Y4, acc, acc

// func dotRowsAVX2(dst, rows, q []float32)
TEXT ·dotRowsAVX2(SB), NOSPLIT, $288-72
	MOVQ dst_base+0(FP), R9
	MOVQ dst_len+8(FP), CX
	MOVQ rows_base+24(FP), SI
	MOVQ q_base+48(FP), DI
	MOVQ q_len+56(FP), DX
	LEAQ slots-256(SP), BX
	ANDQ $-32, BX // so that no slot lies across two cache lines
	LEAQ 256(BX), R10
	VXORPS Y7, Y7, Y7
	CMPQ DX, $16
	JE   rows16
	CMPQ DX, $64
	JE   rows64
	JMP  others

rows16:
	VMOVUPS (DI), Y8
	VMOVUPS 32(DI), Y9

next16:
	CMPQ CX, $8
	JLT  others
	ROW16(0)
	ROW16(1)
	ROW16(2)
	ROW16(3)
	ROW16(4)
	ROW16(5)
	ROW16(6)
	ROW16(7)
	FOLD8
	ADDQ $512, SI
	SUBQ $8, CX
	JMP  next16

rows64:
	VMOVUPS (DI), Y8
	VMOVUPS 32(DI), Y9
	VMOVUPS 64(DI), Y10
	VMOVUPS 96(DI), Y11
	VMOVUPS 128(DI), Y12
	VMOVUPS 160(DI), Y13
	VMOVUPS 192(DI), Y14
	VMOVUPS 224(DI), Y15

next64:
	CMPQ CX, $8
	JLT  others
	SUBQ $8, CX
	MOVQ BX, R13

row64:
	PREFETCHT0 4096(SI) // the processor itself stops at every page
	PREFETCHT0 4160(SI)
	PREFETCHT0 4224(SI)
	PREFETCHT0 4288(SI)
	TWO64(0, Y8, Y12, Y0)
	TWO64(32, Y9, Y13, Y1)
	TWO64(64, Y10, Y14, Y2)
	TWO64(96, Y11, Y15, Y3)
	VADDPS  Y1, Y0, Y0
	VADDPS  Y3, Y2, Y2
	VADDPS  Y2, Y0, Y0
	VADDPS  Y7, Y0, Y0
	VMOVUPS Y0, (R13)
	ADDQ    $256, SI
	ADDQ    $32, R13
	CMPQ    R13, R10
	JNE     row64
	FOLD8
	JMP next64

others:
	LENGTHS
	LEAQ (R9)(CX*4), R10

nextRow:
	CMPQ R9, R10
	JE   done
	PARTIAL_SUMS(DOT8, DOT_TAIL)
	FOLD
	VMOVSS X0, (R9)
	ADDQ   $4, R9
	LEAQ   (SI)(DX*4), SI
	JMP    nextRow

done:
	VZEROUPPER
	RET

// func dotGatherAVX2(dst, rows []float32, idx []int32, q []float32)
//
// A row far away takes longer to arrive than to multiply; the row four places
// ahead is asked for before the present one is read.
TEXT ·dotGatherAVX2(SB), NOSPLIT, $0-96
	MOVQ dst_base+0(FP), R9
	MOVQ rows_base+24(FP), BX
	MOVQ idx_base+48(FP), R10
	MOVQ idx_len+56(FP), CX
	MOVQ q_base+72(FP), DI
	MOVQ q_len+80(FP), DX
	LENGTHS
	LEAQ (R10)(CX*4), CX // end of idx

nextRow:
	CMPQ R10, CX
	JE   done
	LEAQ 16(R10), R8
	CMPQ R8, CX
	JGE  present
	MOVLQSX (R8), R8
	IMULQ   DX, R8
	LEAQ    (BX)(R8*4), R8
	LEAQ    (R8)(DX*4), R13

ahead:
	PREFETCHT0 (R8)
	ADDQ       $64, R8
	CMPQ       R8, R13
	JLT        ahead

present:
	MOVLQSX (R10), SI
	IMULQ   DX, SI
	LEAQ    (BX)(SI*4), SI
	PARTIAL_SUMS(DOT8, DOT_TAIL)
	FOLD
	VMOVSS  X0, (R9)
	ADDQ    $4, R9
	ADDQ    $4, R10
	JMP     nextRow

done:
	VZEROUPPER
	RET

// func squaredDistanceAVX2(a, b []float32) float32
TEXT ·squaredDistanceAVX2(SB), NOSPLIT, $0-52
	MOVQ a_base+0(FP), SI
	MOVQ a_len+8(FP), DX
	MOVQ b_base+24(FP), DI
	LENGTHS
	PARTIAL_SUMS(DISTANCE8, DISTANCE_TAIL)
	FOLD
	VMOVSS X0, ret+48(FP)
	VZEROUPPER
	RET
