"""What data classes share: `dataclass` says how; `make constructors` writes it."""


def constructor_0(self):
    pass


def constructor_1(self, p0):
    self.f0 = p0


def constructor_2(self, p0, p1):
    self.f0 = p0
    self.f1 = p1


def constructor_3(self, p0, p1, p2):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2


def constructor_4(self, p0, p1, p2, p3):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3


def constructor_5(self, p0, p1, p2, p3, p4):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4


def constructor_6(self, p0, p1, p2, p3, p4, p5):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5


def constructor_7(self, p0, p1, p2, p3, p4, p5, p6):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6


def constructor_8(self, p0, p1, p2, p3, p4, p5, p6, p7):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7


def constructor_9(self, p0, p1, p2, p3, p4, p5, p6, p7, p8):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8


def constructor_10(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9


def constructor_11(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10


def constructor_12(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11


def constructor_13(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12


def constructor_14(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13


def constructor_15(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14


def constructor_16(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15


def constructor_17(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16


def constructor_18(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17


def constructor_19(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18


def constructor_20(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19


def constructor_21(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20


def constructor_22(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21


def constructor_23(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22


def constructor_24(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23


def constructor_25(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24


def constructor_26(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25


def constructor_27(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26


def constructor_28(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27


def constructor_29(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28


def constructor_30(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29


def constructor_31(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30


def constructor_32(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30
    self.f31 = p31


def constructor_33(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30
    self.f31 = p31
    self.f32 = p32


def constructor_34(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30
    self.f31 = p31
    self.f32 = p32
    self.f33 = p33


def constructor_35(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30
    self.f31 = p31
    self.f32 = p32
    self.f33 = p33
    self.f34 = p34


def constructor_36(self, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35):
    self.f0 = p0
    self.f1 = p1
    self.f2 = p2
    self.f3 = p3
    self.f4 = p4
    self.f5 = p5
    self.f6 = p6
    self.f7 = p7
    self.f8 = p8
    self.f9 = p9
    self.f10 = p10
    self.f11 = p11
    self.f12 = p12
    self.f13 = p13
    self.f14 = p14
    self.f15 = p15
    self.f16 = p16
    self.f17 = p17
    self.f18 = p18
    self.f19 = p19
    self.f20 = p20
    self.f21 = p21
    self.f22 = p22
    self.f23 = p23
    self.f24 = p24
    self.f25 = p25
    self.f26 = p26
    self.f27 = p27
    self.f28 = p28
    self.f29 = p29
    self.f30 = p30
    self.f31 = p31
    self.f32 = p32
    self.f33 = p33
    self.f34 = p34
    self.f35 = p35


def making_0():
    made = new(kind)
    return made


def making_1(p0):
    made = new(kind)
    made.f0 = p0
    return made


def making_2(p0, p1):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    return made


def making_3(p0, p1, p2):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    return made


def making_4(p0, p1, p2, p3):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    return made


def making_5(p0, p1, p2, p3, p4):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    return made


def making_6(p0, p1, p2, p3, p4, p5):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    return made


def making_7(p0, p1, p2, p3, p4, p5, p6):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    return made


def making_8(p0, p1, p2, p3, p4, p5, p6, p7):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    return made


def making_9(p0, p1, p2, p3, p4, p5, p6, p7, p8):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    return made


def making_10(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    return made


def making_11(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    return made


def making_12(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    return made


def making_13(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    return made


def making_14(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    return made


def making_15(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    return made


def making_16(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    return made


def making_17(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    return made


def making_18(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    return made


def making_19(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    return made


def making_20(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    return made


def making_21(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    return made


def making_22(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    return made


def making_23(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    return made


def making_24(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    return made


def making_25(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    return made


def making_26(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    return made


def making_27(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    return made


def making_28(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    return made


def making_29(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    return made


def making_30(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    return made


def making_31(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    return made


def making_32(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    made.f31 = p31
    return made


def making_33(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    made.f31 = p31
    made.f32 = p32
    return made


def making_34(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    made.f31 = p31
    made.f32 = p32
    made.f33 = p33
    return made


def making_35(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    made.f31 = p31
    made.f32 = p32
    made.f33 = p33
    made.f34 = p34
    return made


def making_36(p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35):
    made = new(kind)
    made.f0 = p0
    made.f1 = p1
    made.f2 = p2
    made.f3 = p3
    made.f4 = p4
    made.f5 = p5
    made.f6 = p6
    made.f7 = p7
    made.f8 = p8
    made.f9 = p9
    made.f10 = p10
    made.f11 = p11
    made.f12 = p12
    made.f13 = p13
    made.f14 = p14
    made.f15 = p15
    made.f16 = p16
    made.f17 = p17
    made.f18 = p18
    made.f19 = p19
    made.f20 = p20
    made.f21 = p21
    made.f22 = p22
    made.f23 = p23
    made.f24 = p24
    made.f25 = p25
    made.f26 = p26
    made.f27 = p27
    made.f28 = p28
    made.f29 = p29
    made.f30 = p30
    made.f31 = p31
    made.f32 = p32
    made.f33 = p33
    made.f34 = p34
    made.f35 = p35
    return made


def copying_0(kind, value):
    made = new(kind)
    return made


def copying_1(kind, value):
    made = new(kind)
    made.f0 = value.f0
    return made


def copying_2(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    return made


def copying_3(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    return made


def copying_4(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    return made


def copying_5(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    return made


def copying_6(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    return made


def copying_7(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    return made


def copying_8(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    return made


def copying_9(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    return made


def copying_10(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    return made


def copying_11(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    return made


def copying_12(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    return made


def copying_13(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    return made


def copying_14(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    return made


def copying_15(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    return made


def copying_16(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    return made


def copying_17(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    return made


def copying_18(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    return made


def copying_19(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    return made


def copying_20(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    return made


def copying_21(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    return made


def copying_22(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    return made


def copying_23(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    return made


def copying_24(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    return made


def copying_25(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    return made


def copying_26(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    return made


def copying_27(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    return made


def copying_28(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    return made


def copying_29(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    return made


def copying_30(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    return made


def copying_31(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    return made


def copying_32(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    made.f31 = value.f31
    return made


def copying_33(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    made.f31 = value.f31
    made.f32 = value.f32
    return made


def copying_34(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    made.f31 = value.f31
    made.f32 = value.f32
    made.f33 = value.f33
    return made


def copying_35(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    made.f31 = value.f31
    made.f32 = value.f32
    made.f33 = value.f33
    made.f34 = value.f34
    return made


def copying_36(kind, value):
    made = new(kind)
    made.f0 = value.f0
    made.f1 = value.f1
    made.f2 = value.f2
    made.f3 = value.f3
    made.f4 = value.f4
    made.f5 = value.f5
    made.f6 = value.f6
    made.f7 = value.f7
    made.f8 = value.f8
    made.f9 = value.f9
    made.f10 = value.f10
    made.f11 = value.f11
    made.f12 = value.f12
    made.f13 = value.f13
    made.f14 = value.f14
    made.f15 = value.f15
    made.f16 = value.f16
    made.f17 = value.f17
    made.f18 = value.f18
    made.f19 = value.f19
    made.f20 = value.f20
    made.f21 = value.f21
    made.f22 = value.f22
    made.f23 = value.f23
    made.f24 = value.f24
    made.f25 = value.f25
    made.f26 = value.f26
    made.f27 = value.f27
    made.f28 = value.f28
    made.f29 = value.f29
    made.f30 = value.f30
    made.f31 = value.f31
    made.f32 = value.f32
    made.f33 = value.f33
    made.f34 = value.f34
    made.f35 = value.f35
    return made
