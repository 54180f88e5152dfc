"""The arithmetic: pure, exact, each line worked by hand; and what holds of any rates and parcels."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from envios.tarifas.calcular import calcular
from envios.tarifas.palabras import lineas_de, negativa_en_palabras, peso_en_palabras
from envios.tarifas.valores import Bulto, Cargos, Condiciones, Medidas, Negativa, Razon, Tramo
from nucleo.dinero import a_centavos, bs, cero, de_centavos, formato_bs

CONDICIONES = Condiciones(
    tarifario_id=UUID(int=1),
    version=1,
    vigente_hasta=None,
    operador_unidad_id=UUID(int=2),
    servicio="ordinario",
    nombre="Encomienda ordinaria",
    indicador="CP",
    entrega="agencia",
    cm3_por_kg=5000,
    peso_maximo_g=30_000,
    lado_maximo_cm=120,
    suma_maxima_cm=250,
    seguro_pb=100,
    seguro_minimo=bs(2),
    valor_maximo=bs(5000),
    contra_entrega_pb=200,
    contra_entrega_minimo=bs(5),
    recojo=bs(10),
    tarifa="nacional",
    dias=3,
    corte=time(16),
    reparte=31,
    recargo=bs(8),
    tramos=(Tramo(0, 1000, bs(18)), Tramo(1000, 30_000, bs(18), 500, bs(3))),
)
SIN_RECARGO = replace(CONDICIONES, recargo=cero())


def costo(bulto: Bulto, condiciones: Condiciones = SIN_RECARGO) -> Cargos:
    cargos = calcular(condiciones, bulto)
    assert isinstance(cargos, Cargos), cargos
    return cargos


@pytest.mark.parametrize(
    ("peso_g", "total"),
    [
        (1, "18"),
        (1000, "18"),
        (1001, "21"),  # one gram over: a step begun
        (1500, "21"),
        (1501, "24"),
        (30_000, "192"),  # 18 + 58 × 3
    ],
)
def test_las_bandas_y_sus_bordes(peso_g: int, total: str) -> None:
    assert costo(Bulto(peso_g)).total == bs(total)


@pytest.mark.parametrize(
    ("medidas", "facturado_g"),
    [
        ((10, 10, 10), 1200),  # 1.000 cm³ / 5.000: 200 g, it weighs more
        ((30, 20, 10), 1200),  # 6.000 cm³: 1.200 g, the same
        ((30, 20, 11), 1320),
        ((31, 19, 11), 1296),  # 6.479 cm³: 1.295,8 g, a gram begun
        ((60, 40, 40), 19_200),
    ],
)
def test_el_peso_facturado_es_el_mayor(medidas: tuple[int, int, int], facturado_g: int) -> None:
    assert costo(Bulto(1200, Medidas(*medidas))).peso_facturado_g == facturado_g


@pytest.mark.parametrize(
    ("valor", "seguro"),
    [("0", "0"), ("0.01", "2"), ("199.99", "2"), ("200.50", "2.01"), ("200.49", "2"), ("5000", "50")],
)
def test_el_seguro_se_redondea_una_vez_hacia_arriba_en_la_mitad(valor: str, seguro: str) -> None:
    """1 % with a minimum of Bs 2: 2,0050 is 2,01 and 2,0049 is 2,00."""
    assert costo(Bulto(500, valor_declarado=bs(valor))).seguro == bs(seguro)


def test_todas_las_lineas_y_en_palabras() -> None:
    bulto = Bulto(1200, Medidas(60, 40, 40), bs(1000), bs("333.33"), recojo=True)
    cargos = costo(bulto, CONDICIONES)
    leidas = [
        (linea.concepto, linea.detalle, str(linea.monto.amount))
        for linea in lineas_de(CONDICIONES, bulto, cargos)
    ]
    assert [(a, b.replace("\u00a0", " "), c) for a, b, c in leidas] == [
        ("Base", "por 19,2 kg; cuenta su volumen, 96.000 cm³ entre 5.000 = 19,2 kg", "18"),
        ("Por peso", "37 × Bs 3,00: cada 500 g o parte, sobre 1 kg", "111"),
        ("Lugar alejado", "recargo del destino", "8"),
        ("Seguro", "1 % de Bs 1.000,00, mínimo Bs 2,00", "10.00"),
        ("Cobro contra entrega", "2 % de Bs 333,33, mínimo Bs 5,00", "6.67"),
        ("Recojo a domicilio", "", "10"),
    ]
    assert cargos.total == bs("163.67")


@pytest.mark.parametrize(
    ("bulto", "cambio", "razon", "dice"),
    [
        (Bulto(30_001), {}, Razon.PESADO, "lleva hasta 30 kg"),
        (Bulto(1, Medidas(121, 1, 1)), {}, Razon.GRANDE, "pasa de 120 cm"),
        (Bulto(1, Medidas(120, 120, 11)), {}, Razon.GRANDE, "pasa de 250 cm"),
        (Bulto(1, Medidas(100, 50, 50)), {}, Razon.VOLUMINOSO, "más de 30 kg"),
        (Bulto(1, valor_declarado=bs("5000.01")), {}, Razon.VALOR_EXCESIVO, "hasta Bs 5.000,00"),
        (
            Bulto(1, contra_entrega=bs(1)),
            {"contra_entrega_pb": None, "contra_entrega_minimo": None},
            Razon.SIN_CONTRA_ENTREGA,
            "No cobra contra entrega",
        ),
        (Bulto(1, recojo=True), {"recojo": None}, Razon.SIN_RECOJO, "No recoge"),
    ],
)
def test_lo_que_no_se_lleva_dice_por_que(
    bulto: Bulto, cambio: dict[str, None], razon: Razon, dice: str
) -> None:
    negativa = calcular(replace(CONDICIONES, **cambio), bulto)  # type: ignore[arg-type]
    assert isinstance(negativa, Negativa)
    assert negativa.razon is razon
    assert dice in negativa_en_palabras(negativa).replace("\u00a0", " ")


def test_los_pesos_en_palabras() -> None:
    dichos = [peso_en_palabras(g).replace("\u00a0", " ") for g in (1, 999, 1000, 1500, 1050, 1_000_000)]
    assert dichos == ["1 g", "999 g", "1 kg", "1,5 kg", "1,05 kg", "1.000 kg"]


# --- Of any rates and any parcel -------------------------------------------------------------------------

montos = st.integers(0, 100_000).map(de_centavos)


@st.composite
def condiciones(draw: st.DrawFn) -> Condiciones:
    """Bands without gaps whose prices never go down, as the database lets them be published."""
    cortes = sorted(draw(st.sets(st.integers(1, 30_000), min_size=1, max_size=6)) | {30_000})
    tramos: list[Tramo] = []
    desde, precio = 0, draw(st.integers(1, 5000))
    for hasta in cortes:
        paso = draw(st.none() | st.integers(1, 5000))
        precio_paso = None if paso is None else draw(st.integers(0, 300))
        base = max(precio - (precio_paso or 0), 1) if tramos else precio
        tramos.append(
            Tramo(
                desde,
                hasta,
                de_centavos(base),
                paso,
                None if precio_paso is None else de_centavos(precio_paso),
            )
        )
        pasos = 0 if paso is None else -(-(hasta - desde) // paso)
        precio = max(base + (precio_paso or 0) * pasos, precio) + draw(st.integers(0, 500))
        desde = hasta
    return replace(
        CONDICIONES,
        tramos=tuple(tramos),
        cm3_por_kg=draw(st.integers(1000, 20_000)),
        seguro_pb=draw(st.integers(0, 10_000)),
        seguro_minimo=draw(montos),
        contra_entrega_pb=draw(st.integers(0, 10_000)),
        contra_entrega_minimo=draw(montos),
        recojo=draw(montos),
        recargo=draw(montos),
    )


@st.composite
def bultos(draw: st.DrawFn) -> Bulto:
    lados = st.integers(1, 130)
    medidas = draw(st.none() | st.builds(Medidas, lados, lados, lados))
    valor: Money = draw(st.integers(0, 600_000).map(de_centavos))
    cobro: Money = draw(st.integers(0, 600_000).map(de_centavos))
    return Bulto(draw(st.integers(1, 31_000)), medidas, valor, cobro, draw(st.booleans()))


@given(condiciones(), bultos())
def test_el_total_es_la_suma_de_las_lineas_que_se_muestran(c: Condiciones, bulto: Bulto) -> None:
    cargos = calcular(c, bulto)
    if isinstance(cargos, Negativa):
        assert negativa_en_palabras(cargos)
        return
    lineas = lineas_de(c, bulto, cargos)
    assert sum(a_centavos(linea.monto) for linea in lineas) == a_centavos(cargos.total)
    assert cargos.total >= cargos.base > cero()
    assert formato_bs(cargos.total).startswith("Bs")


@given(condiciones(), bultos(), st.integers(0, 5000))
def test_lo_que_pesa_mas_nunca_cuesta_menos(c: Condiciones, bulto: Bulto, mas_g: int) -> None:
    liviano, pesado = calcular(c, bulto), calcular(c, replace(bulto, peso_g=bulto.peso_g + mas_g))
    if isinstance(liviano, Negativa):
        assert isinstance(pesado, Negativa)
    elif isinstance(pesado, Cargos):
        assert pesado.total >= liviano.total
        assert pesado.peso_facturado_g >= liviano.peso_facturado_g


@given(condiciones(), bultos(), st.integers(1, 100_000))
def test_declarar_o_cobrar_mas_nunca_cuesta_menos(c: Condiciones, bulto: Bulto, mas: int) -> None:
    otro = replace(
        bulto,
        valor_declarado=bulto.valor_declarado + de_centavos(mas),
        contra_entrega=bulto.contra_entrega + de_centavos(mas),
    )
    antes, despues = calcular(c, bulto), calcular(c, otro)
    if isinstance(antes, Cargos) and isinstance(despues, Cargos):
        assert despues.total >= antes.total
