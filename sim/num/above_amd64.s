//go:build !purego

#include "textflag.h"

// func atLeastAVX2(dst []int32, x []float32, floor float32) int
//
// Eight numbers are compared at once; mostly none of them is large enough. The
// length of x is a multiple of eight.
TEXT ·atLeastAVX2(SB), NOSPLIT, $0-64
	MOVQ dst_base+0(FP), DI
	MOVQ x_base+24(FP), SI
	MOVQ x_len+32(FP), CX
	VBROADCASTSS floor+48(FP), Y0
	MOVQ DI, R8
	XORQ AX, AX

next:
	CMPQ      AX, CX
	JE        done
	VMOVUPS   (SI)(AX*4), Y1
	VCMPPS    $0x1D, Y0, Y1, Y1 // greater or equal, false for what is no number
	VMOVMSKPS Y1, BX
	TESTL     BX, BX
	JNE       found
	ADDQ      $8, AX
	JMP       next

found:
	BSFL BX, DX // the lowest lane that is left
	ADDL AX, DX
	MOVL DX, (DI)
	ADDQ $4, DI
	LEAL -1(BX), DX
	ANDL DX, BX
	JNE  found
	ADDQ $8, AX
	JMP  next

done:
	SUBQ R8, DI
	SHRQ $2, DI
	MOVQ DI, ret+56(FP)
	VZEROUPPER
	RET

// func maximaAVX2(dst, x []float32, size int)
//
// The eight lanes of Y0 are eight groups. VMAXPS keeps its last operand, here
// the maximum so far, where one of both is no number.
TEXT ·maximaAVX2(SB), NOSPLIT, $0-56
	MOVQ dst_base+0(FP), DI
	MOVQ dst_len+8(FP), CX
	MOVQ x_base+24(FP), SI
	MOVQ size+48(FP), DX
	LEAQ (DI)(CX*4), R8
	MOVL $0xFF800000, AX
	VMOVD AX, X2
	VBROADCASTSS X2, Y2 // -Inf

nextGroups:
	CMPQ DI, R8
	JE   doneGroups
	VMOVAPS Y2, Y0
	MOVQ    DX, CX

nextEight:
	VMOVUPS (SI), Y1
	VMAXPS  Y0, Y1, Y0
	ADDQ    $32, SI
	DECQ    CX
	JNE     nextEight
	VMOVUPS Y0, (DI)
	ADDQ    $32, DI
	JMP     nextGroups

doneGroups:
	VZEROUPPER
	RET
