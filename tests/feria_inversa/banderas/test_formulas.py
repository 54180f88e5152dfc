"""Each formula on its edge: what is flagged, what stands just beside it, and what cannot be said."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from feria_inversa.banderas import cardinal, propias
from feria_inversa.banderas.consultas import Mostrada
from feria_inversa.banderas.grupos import CARDINAL, NUESTRO, Diferencia, Muestras, Razon, diferencia
from feria_inversa.banderas.juicio import Bandera, Cerca, NoSeSabe, cerca
from feria_inversa.banderas.modelos import BanderaVista
from feria_inversa.banderas.montos import Visto, escalon, fraccionados, sin_convocatoria
from feria_inversa.banderas.presentar import COLUMNAS, _fila
from feria_inversa.banderas.propias import Contacto
from feria_inversa.banderas.registro import Registro

PLAZO = {"startDate": "2026-03-02T09:00:00-04:00", "endDate": "2026-03-06T10:00:00-04:00"}


Dicho = dict[str, Any]


def oferta(quien: str, monto: int, estado: str = "valid", llego: str = "", items: str = "1") -> Dicho:
    dicho: Dicho = {
        "status": estado,
        "tenderers": [{"id": quien}],
        "value": {"amount": monto, "currency": "BOB"},
        "items": [{"id": numero} for numero in items],
    }
    return dicho | ({"date": f"2026-03-{llego}:00-04:00"} if llego else {})


def registro(*ofertas: Dicho, gana: str = "", **licitacion: Any) -> Registro:
    awards = [{"status": "active", "suppliers": [{"id": gana}]}] if gana else []
    return {
        "ocid": "p",
        "bids": {"details": list(ofertas)},
        "awards": awards,
        "tender": {"tenderPeriod": PLAZO, **licitacion},
    }


def valor(juicio: object) -> object:
    return juicio.valor if isinstance(juicio, Bandera) else juicio


def test_cuartiles_exactos() -> None:
    valores = [Fraction(n) for n in (0, 0, 100, 100, 100, 100, 100, 100, 100)]

    usual = Cerca(9, Fraction(200, 3), Fraction(100))
    assert cerca(valores) == usual
    assert (usual.abajo, usual.arriba) == (Fraction(50, 3), 150)
    assert cerca(valores, minimo=10) is None


@pytest.mark.parametrize(
    ("formula", "con_bandera", "sin_bandera"),
    [
        (
            cardinal.r028,
            registro(oferta("A", 10), oferta("B", 10, "disqualified")),
            [
                registro(oferta("A", 10), oferta("A", 10)),
                registro(oferta("A", 10), oferta("B", 11)),
                registro(oferta("A", 10), oferta("B", 10, items="2")),
                registro(oferta("A", 10), oferta("B", 10), status="cancelled"),
            ],
        ),
        (
            cardinal.r030,
            registro(oferta("A", 10, llego="06T10:01"), gana="A"),
            [
                registro(oferta("A", 10, llego="06T10:00"), gana="A"),
                registro(oferta("A", 10, llego="06T09:00"), oferta("B", 9, llego="06T11:00"), gana="A"),
            ],
        ),
        (
            cardinal.r035,
            registro(oferta("A", 10), oferta("B", 9, "disqualified"), gana="A"),
            [
                registro(oferta("A", 10), gana="A"),
                registro(oferta("A", 10), oferta("A", 9, "disqualified"), gana="A"),
                registro(oferta("A", 10), oferta("C", 9), oferta("B", 9, "disqualified"), gana="A"),
            ],
        ),
        (
            cardinal.r036,
            registro(oferta("A", 10), oferta("B", 9, "disqualified"), gana="A", awardCriteria="priceOnly"),
            [
                registro(oferta("A", 9), oferta("B", 10, "disqualified"), gana="A"),
                registro(
                    oferta("A", 10), oferta("B", 9, "disqualified"), gana="A", awardCriteria="qualityOnly"
                ),
                registro(oferta("A", 10, items="12"), oferta("B", 9, "disqualified", items="2"), gana="A"),
            ],
        ),
        (
            propias.gano_al_final,
            registro(
                oferta("A", 9, llego="06T09:30"),
                oferta("B", 10, llego="05T10:00"),
                oferta("C", 11, llego="04T10:00"),
                gana="A",
            ),
            [
                registro(
                    oferta("A", 9, llego="06T08:59"),
                    oferta("B", 10, llego="05T10:00"),
                    oferta("C", 11, llego="04T10:00"),
                    gana="A",
                ),
                registro(oferta("A", 9, llego="06T09:30"), oferta("B", 10, llego="05T10:00"), gana="A"),
                registro(
                    oferta("A", 9, llego="06T09:30"),
                    oferta("B", 10, llego="06T09:30"),
                    oferta("C", 11, llego="04T10:00"),
                    gana="A",
                ),
            ],
        ),
    ],
)
def test_de_un_proceso(formula: Any, con_bandera: Registro, sin_bandera: list[Registro]) -> None:
    assert valor(formula(con_bandera)) == 1
    assert [formula(uno) for uno in sin_bandera] == [None] * len(sin_bandera)


def test_lo_que_falta_no_es_una_bandera() -> None:
    sin_nombres = [{**oferta("A", n), "tenderers": []} for n in (9, 10, 11)]

    assert cardinal.r003({"ocid": "p"}, 4) == NoSeSabe("plazo")
    assert cardinal.r003(registro(), None) == NoSeSabe("plazo_minimo")
    assert cardinal.r018({"tender": {"procurementMethod": "open"}}) == NoSeSabe("ofertas")
    assert cardinal.r028({"ocid": "p"}) == NoSeSabe("ofertas")
    assert cardinal.r030(registro(oferta("A", 9), gana="A")) == NoSeSabe("llegada")
    assert cardinal.r035(registro(*sin_nombres, gana="A")) == NoSeSabe("oferentes")
    assert cardinal.r036(registro(oferta("B", 9, "disqualified"), gana="A")) == NoSeSabe("precios")
    assert propias.gano_al_final(registro(oferta("A", 9), gana="A")) == NoSeSabe("llegada")
    assert Muestras().r024(NUESTRO) == NoSeSabe("pocos")


def contrato(firma: str, llego: str = "", pago: str = "") -> Registro:
    hitos = [{"type": "delivery", "status": "met", "dateMet": f"{llego}T00:00:00-04:00"}] if llego else []
    pagos = [{"date": f"{pago}T09:00:00-04:00"}] if pago else []
    uno = {"id": "OC-1", "status": "active", "dateSigned": f"{firma}T08:00:00-04:00"}
    return {"contracts": [uno | {"implementation": {"milestones": hitos, "transactions": pagos}}]}


def test_recibir_y_pagar() -> None:
    assert valor(propias.pago_lento(contrato("2026-03-01", "2026-03-10", "2026-04-10"))) == 31
    assert propias.pago_lento(contrato("2026-03-01", "2026-03-10", "2026-04-09")) is None
    assert propias.pago_lento(contrato("2026-03-01", "2026-03-10")) == NoSeSabe("pago")
    assert propias.pago_lento({"contracts": []}) is None
    tarde = contrato("2026-03-01", "2026-03-10", "2026-04-10")  # days of the calendar, whatever the hour
    tarde["contracts"][0]["implementation"]["milestones"][0]["dateMet"] = "2026-03-10T18:00:00-04:00"
    assert valor(propias.pago_lento(tarde)) == 31

    antes = propias.recibido_antes(contrato("2026-03-02", "2026-03-01"))
    assert isinstance(antes, Bandera)
    assert antes.datos == {"firma": "2026-03-02", "recepcion": "2026-03-01", "contrato": "OC-1"}
    assert propias.recibido_antes(contrato("2026-03-02", "2026-03-02")) is None
    assert propias.recibido_antes(contrato("2026-03-02")) == NoSeSabe("recepcion")


def test_la_planilla_no_dice_fechas() -> None:
    """«1/20» would be the first of some month: the exact value is the API's."""
    una = BanderaVista(
        codigo="R024",
        sobre="proceso",
        version=1,
        dia=date(2026, 3, 1),
        valor="1/20",
        datos={"diferencia": "1/20"},
        quienes=[],
    )
    celdas = dict(zip(COLUMNAS, _fila(Mostrada(una, None, [])), strict=True))
    assert (celdas["valor"], celdas["datos"]) == ("0,05", "diferencia=1/20")


def test_mismo_contacto() -> None:
    ana, beto = Contacto("Calle 1  N° 5", correo="a@x.bo"), Contacto("calle 1 n° 5", telefono="+5917")

    juicio = propias.mismo_contacto({"A": ana, "B": beto, "C": Contacto("Otra")})
    assert isinstance(juicio, Bandera)
    assert (juicio.datos, juicio.quienes) == ({"comparten": "domicilio", "oferentes": 2}, ("A", "B"))
    assert propias.mismo_contacto({"A": ana, "C": Contacto("Otra")}) is None
    assert propias.mismo_contacto({"A": Contacto(), "C": Contacto()}) == NoSeSabe("contacto")


TOPE = 5_000_000


def tope(modalidad: str, dia: date) -> int | None:
    return TOPE if modalidad == "CM" and dia.year == 2026 else None


def visto(id_: int, monto: int, dia: int = 0, que: str = "7210", modalidad: str = "CM") -> Visto:
    return Visto(id_, modalidad, que, date(2026, 3, 1) + timedelta(days=dia), monto)


def test_escalon_bajo_el_tope() -> None:
    arriba = [visto(n, 4_500_001) for n in range(10)]
    antes = [visto(20 + n, 4_500_000) for n in range(3)]

    con_bandera = escalon([*arriba, *antes, visto(30, 4_000_000), visto(31, TOPE + 1)], tope)
    assert sorted(con_bandera) == list(range(10))
    assert con_bandera[0].datos == {
        "monto": Fraction(4_500_001, 100),
        "tope": 50_000,
        "en_el_ultimo": 10,
        "en_el_anterior": 3,
        "gestion": 2026,
    }
    assert escalon(arriba[1:], tope) == {}
    assert escalon([*arriba, *antes, visto(40, 4_200_000)], tope) == {}
    assert escalon([visto(n, 4_900_000, modalidad="EX") for n in range(10)], tope) == {}


def test_fraccionamiento() -> None:
    partes = [visto(1, 3_000_000), visto(2, 2_000_001, 30)]

    juntas = fraccionados(partes, tope)
    assert sorted(juntas) == [1, 2]
    assert juntas[1] == juntas[2]
    assert juntas[1].datos == {
        "procesos": 2,
        "suma": Fraction(5_000_001, 100),
        "tope": 50_000,
        "desde": "2026-03-01",
        "hasta": "2026-03-31",
    }
    assert fraccionados([visto(1, 3_000_000), visto(2, 2_000_000, 30)], tope) == {}
    assert fraccionados([visto(1, 3_000_000), visto(2, 3_000_000, 31)], tope) == {}
    assert fraccionados([visto(1, 3_000_000), visto(2, 3_000_000, 3, que="8010")], tope) == {}
    assert fraccionados([visto(1, 3_000_000, que=""), visto(2, 3_000_000, que="")], tope) == {}
    assert fraccionados([visto(1, 3_000_000), visto(2, TOPE + 1)], tope) == {}


def test_sin_convocatoria_y_lo_usual() -> None:
    razones = {f"{n:04}": Razon(1, 10) for n in range(8)} | {"0513": Razon(9, 10), "0001x": Razon(5, 5)}

    hallado = sin_convocatoria(razones, NUESTRO)
    assert isinstance(hallado, dict)
    assert {id_: bandera.valor for id_, bandera in hallado.items()} == {"0513": Fraction(9, 10)}
    assert sin_convocatoria({"0513": Razon(9, 10)}, NUESTRO) == NoSeSabe("pocos")


def test_de_lo_ganado_en_parte_no_se_compara_el_precio() -> None:
    """The other item was left without a winner: the price of the bid is of both."""
    entero = registro(oferta("A", 100, items="12"), oferta("B", 110, items="12"), gana="A")
    entero["awards"][0]["items"] = [{"id": "1"}, {"id": "2"}]
    hallada = diferencia(entero)
    assert isinstance(hallada, Diferencia)
    assert hallada.valor == Fraction(1, 10)
    entero["awards"][0]["items"] = [{"id": "1"}]
    assert diferencia(entero) is None


def test_los_de_muchos() -> None:
    """Discounts (R058), segments (R048): far from what is usual; on the fence only for Cardinal."""
    muestras = Muestras()
    for n in range(9):
        segunda = 300 if n == 8 else 110
        muestras.sumar(f"p{n}", registro(oferta("A", 100), oferta("B", segunda), gana="A"))
        codigos = ["10000000", "11000000"] if n == 8 else ["10000000"]
        items = [{"classification": {"id": codigo}} for codigo in codigos]
        muestras.sumar(
            f"s{n}", {"awards": [{"status": "active", "suppliers": [{"id": f"{n}"}], "items": items}]}
        )

    lejos = muestras.r058(NUESTRO)
    assert isinstance(lejos, dict)
    assert {id_: bandera.valor for id_, bandera in lejos.items()} == {"p8": 2}
    assert len(muestras.r058(CARDINAL)) == 9  # type: ignore[arg-type]
    variados = muestras.r048(NUESTRO, procesos=1)
    assert isinstance(variados, dict)
    assert {id_: bandera.valor for id_, bandera in variados.items()} == {"8": 2}
    assert muestras.r048(NUESTRO) == NoSeSabe("pocos")
