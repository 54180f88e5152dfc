"""A lot, or all that a process asks, is bid for, awarded, contested and ordered as a whole."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from feria_inversa.actos import actas_de_versiones
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.consultas import lineas_de_orden
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.consultas import comparar_grupos
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.convocatorias import editar_borrador, publicar_convocatoria
from feria_inversa.procesos.errores import ConvocatoriaIncompleta
from feria_inversa.procesos.esquemas import ConvocatoriaCambio, EnmiendaEntrada, ItemEntrada
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.grupos import lotes_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.verificar import verificar_versiones
from feria_inversa.procesos.versiones import enmendar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho

MOTIVO = "Lo decidió la entidad por escrito."
LOTES = ["Muebles", "Útiles"]
ITEMS = [
    item("Silla", "10", "100.00", lote=1),  # 1.000,00
    item("Cuaderno", "100", "10.00", lote=2),  # 1.000,00
    item("Mesa", "4", "250.00", lote=1),  # 1.000,00
]


def por_lotes(feria: Feria, items: list[ItemEntrada] = ITEMS) -> UUID:
    return feria.publicada(items=items, adjudica_por="lote", lotes=LOTES).id


def abre(feria: Feria, id_: UUID, reloj: Any) -> None:
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)


def decide(feria: Feria, id_: UUID, *decisiones: tuple[int, UUID | None], motivo: str = "") -> None:
    """Each by the number of an item."""
    items = {i.numero: i.id for i in feria.items(id_)}
    dichas = [DecisionEntrada(item_id=items[n], oferta_id=o, motivo=motivo) for n, o in decisiones]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, dichas)


def estados(feria: Feria, id_: UUID) -> list[str]:
    with transaccion() as sesion:
        assert verificar_decisiones(sesion) == []
    return [i.estado for i in feria.items(id_)]


def sin_lote(items: list[ItemEntrada]) -> list[ItemEntrada]:
    return [i.model_copy(update={"lote": None}) for i in items]


@pytest.mark.parametrize(
    ("items", "falta"),
    [
        ([ITEMS[0], ITEMS[1], *sin_lote(ITEMS[2:])], "de qué lote son estos ítems: 3"),
        ([ITEMS[0], ITEMS[2]], "no tienen ítems: 2"),
    ],
)
def test_se_publica_con_cada_item_en_su_lote(
    feria: Feria, sesion: Session, items: list[ItemEntrada], falta: str
) -> None:
    id_ = feria.borrador(items, adjudica_por="lote", lotes=LOTES).id
    with pytest.raises(ConvocatoriaIncompleta, match=falta), transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    assert sesion.get_one(Convocatoria, id_).estado == "borrador"


def test_un_borrador_cambia_de_lotes(feria: Feria) -> None:
    id_ = feria.borrador(ITEMS, adjudica_por="lote", lotes=LOTES).id

    def cambia(**campos: Any) -> tuple[list[str], list[int | None]]:
        with transaccion() as sesion:
            editar_borrador(sesion, feria.entidad.actor, id_, ConvocatoriaCambio(**campos))
            return [lote.nombre for lote in lotes_de(sesion, id_)], [i.lote for i in feria.items(id_)]

    antes = [i.id for i in feria.items(id_)]
    assert cambia(titulo="Para la escuela", lotes=LOTES)[0] == LOTES
    assert [i.id for i in feria.items(id_)] == antes
    cambia(lotes=["Muebles"])
    assert [i.lote for i in feria.items(id_)] == [1, None, 1]
    with pytest.raises(DatosInvalidos) as error:
        cambia(items=ITEMS)
    assert error.value.campos == {"items.1.lote": "No hay un lote 2."}
    with pytest.raises(DatosInvalidos) as error:
        cambia(adjudica_por="total", lotes=LOTES)
    assert error.value.campos == {"lotes": "Escriba lotes solo si adjudica por lote."}
    cambia(adjudica_por="total")
    with transaccion() as sesion:
        assert lotes_de(sesion, id_) == []
    assert [i.lote for i in feria.items(id_)] == [None, None, None]


@pytest.mark.parametrize(
    ("forma", "precios", "falta"),
    [
        ("lote", ["90.00", None, None], "Lote 1: falta el precio de 3."),
        ("lote", ["90.00", "9.00", None], "Lote 1: falta el precio de 3."),
        ("total", ["90.00", None, "200.00"], "El total: falta el precio de 2."),
    ],
)
def test_un_lote_se_oferta_entero(
    feria: Feria, sesion: Session, forma: str, precios: list[str | None], falta: str
) -> None:
    lotes, items = (LOTES, ITEMS) if forma == "lote" else ([], sin_lote(ITEMS))
    id_ = feria.publicada(items=items, adjudica_por=forma, lotes=lotes).id
    with pytest.raises(DatosInvalidos, match=falta):
        feria.ofertar(feria.ana, id_, precios)
    assert sesion.exec(select(Oferta)).all() == []


def test_gana_el_menor_total_del_lote(feria: Feria, reloj: Any, sesion: Session) -> None:
    id_ = por_lotes(feria)
    # 10 × 101,00 + 4 × 200,00 = 1.810,00: the chair alone is above its reference, the lot is not.
    de_ana = feria.ofertar(feria.ana, id_, ["101.00", None, "200.00"])
    # 10 × 90,00 + 4 × 240,00 = 1.860,00: the cheaper chair loses.
    de_beto = feria.ofertar(feria.beto, id_, ["90.00", "9.50", "240.00"])
    abre(feria, id_, reloj)
    with transaccion() as otra:
        muebles, utiles = comparar_grupos(otra, otra.get_one(Convocatoria, id_))
        assert (muebles.grupo.titulo, muebles.grupo.total_referencial) == ("Lote 1: Muebles", bs("2000.00"))
        assert [(p.oferta.id, p.total, p.es_menor, p.adjudicable) for p in muebles.propuestas] == [
            (de_ana, bs("1810.00"), True, True),
            (de_beto, bs("1860.00"), False, True),
        ]
        assert [(p.oferta.id, p.total, p.es_menor) for p in utiles.propuestas] == [
            (de_beto, bs("950.00"), True)
        ]
    with pytest.raises(DatosInvalidos, match="cada lote, o el total"):
        decide(feria, id_, (1, de_ana), (3, de_ana), (2, de_beto))
    with pytest.raises(DatosInvalidos, match="Lote 2: esa oferta no cotiza todos sus ítems"):
        decide(feria, id_, (1, de_ana), (2, de_ana))
    assert estados(feria, id_) == ["pedido", "pedido", "pedido"]
    decide(feria, id_, (3, de_ana), (2, de_beto))
    assert estados(feria, id_) == ["adjudicado", "adjudicado", "adjudicado"]
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)
    ordenes = sesion.exec(select(OrdenDeCompra).order_by(OrdenDeCompra.numero)).all()
    dichas = {o.proveedor_id: (o.total, [li.numero for li in lineas_de_orden(sesion, o.id)]) for o in ordenes}
    assert dichas == {feria.ana.id: (bs("1810.00"), [1, 3]), feria.beto.id: (bs("950.00"), [2])}


def test_el_total_sobre_la_referencia_no_se_adjudica(feria: Feria, reloj: Any) -> None:
    id_ = feria.publicada(items=sin_lote(ITEMS), adjudica_por="total").id
    # 1.010,00 + 1.000,00 + 1.000,00 = 3.010,00 of 3.000,00.
    de_ana = feria.ofertar(feria.ana, id_, ["101.00", "10.00", "250.00"])
    abre(feria, id_, reloj)
    with pytest.raises(SobreLaReferencia, match="El total: esa oferta supera"):
        decide(feria, id_, (2, de_ana))
    decide(feria, id_, (2, None), motivo="Superó el precio referencial.")
    assert estados(feria, id_) == ["desierto", "desierto", "desierto"]


def test_lo_que_cae_cae_entero(feria: Feria, reloj: Any) -> None:
    id_ = por_lotes(feria)
    de_ana = feria.ofertar(feria.ana, id_, ["90.00", "9.00", "200.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["95.00", None, "210.00"])
    abre(feria, id_, reloj)
    decide(feria, id_, (1, de_ana), (2, de_ana))
    mesa = feria.items(id_)[2].id
    with transaccion() as sesion:
        dejar_sin_efecto(sesion, feria.entidad.actor, id_, mesa, EstadoItem.DESISTIDO, MOTIVO)
    assert estados(feria, id_) == ["desistido", "adjudicado", "desistido"]
    with pytest.raises(DatosInvalidos, match="Lote 1: esa oferta ya lo ganó"):
        decide(feria, id_, (1, de_ana), motivo=MOTIVO)
    decide(feria, id_, (1, de_beto), motivo=MOTIVO)
    assert estados(feria, id_) == ["adjudicado", "adjudicado", "adjudicado"]


A_MEDIAS = """
INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, es_menor_precio, motivo, decidida_en,
    decidida_por, oferta_linea_id, proveedor_id, total)
SELECT gen_random_uuid(), i.convocatoria_id, i.id, 'adjudicado', {menor}, 'Un motivo de diez letras.',
    (SELECT nucleo_ahora()), 'nadie', l.id, o.unidad_id, l.total
FROM feria_item i JOIN feria_oferta_linea l ON l.item_id = i.id JOIN feria_oferta o ON o.id = l.oferta_id
    JOIN registro_unidad u ON u.id = o.unidad_id
WHERE {donde}
"""


@pytest.mark.parametrize(
    ("donde", "menor", "falta"),
    [
        ("i.numero = 1 AND u.denominacion LIKE '%Ana'", "false", "decided as a whole"),
        (
            "i.numero = 1 AND u.denominacion LIKE '%Ana' OR i.numero = 3 AND u.denominacion LIKE '%Beto'",
            "false",
            "decided as a whole",
        ),
        ("i.lote = 1 AND u.denominacion LIKE '%Ana'", "true", "not the lowest price"),
        ("i.lote = 2 AND u.denominacion LIKE '%Ana'", "false", "above the reference"),
    ],
)
def test_la_base_tampoco_decide_a_medias(
    feria: Feria, reloj: Any, sesion: Session, donde: str, menor: str, falta: str
) -> None:
    id_ = por_lotes(feria)
    feria.ofertar(feria.ana, id_, ["95.00", "10.01", "200.00"])
    feria.ofertar(feria.beto, id_, ["90.00", None, "200.00"])
    abre(feria, id_, reloj)
    sesion.connection().execute(text(A_MEDIAS.format(donde=donde, menor=menor)))
    with pytest.raises(DBAPIError, match=falta):
        sesion.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    sesion.rollback()


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_convocatoria SET adjudica_por = 'total'", "does not change"),
        ("DELETE FROM feria_lote", "do not change"),
        ("INSERT INTO feria_lote SELECT id, 3, 'Otro más' FROM feria_convocatoria", "do not change"),
        ("UPDATE feria_lote SET nombre = 'Otro nombre'", "permission denied"),
        ("UPDATE feria_item SET lote = 1", "permission denied"),
    ],
)
def test_lo_publicado_tiene_los_lotes_que_tiene(
    feria: Feria, sesion: Session, sentencia: str, falta: str
) -> None:
    por_lotes(feria)
    with pytest.raises(DBAPIError, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


def test_un_item_va_de_un_lote_a_otro_por_una_enmienda(feria: Feria, sesion: Session) -> None:
    id_ = por_lotes(feria)

    def enmienda(lotes: list[int]) -> None:
        items = [i.model_copy(update={"lote": n}) for i, n in zip(ITEMS, lotes, strict=True)]
        with transaccion() as otra:
            enmendar(otra, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, items=items))

    with pytest.raises(ConvocatoriaIncompleta, match="no tienen ítems: 2"):
        enmienda([1, 1, 1])
    enmienda([1, 2, 2])
    assert [i.lote for i in feria.items(id_)] == [1, 2, 2]
    (acta,) = actas_de_versiones(sesion, id_)
    dicho = json.loads(acta.contenido)
    assert list(dicho["antes"]) == ["items"]
    assert [i["lote"] for i in dicho["antes"]["items"]] == [1, 2, 1]
    assert (dicho["proceso"]["adjudica_por"], dicho["proceso"]["lotes"]) == (
        "lote",
        [{"numero": 1, "nombre": "Muebles"}, {"numero": 2, "nombre": "Útiles"}],
    )
    assert verificar_versiones(sesion) == []


def test_los_datos_abiertos_dicen_los_lotes(feria: Feria, reloj: Any, sesion: Session) -> None:
    id_ = por_lotes(feria)
    de_ana = feria.ofertar(feria.ana, id_, ["90.00", None, "200.00"])
    abre(feria, id_, reloj)
    decide(feria, id_, (1, de_ana), (2, None), motivo="Nadie ofertó los útiles.")
    publicada, _abierta, adjudicada = lo_dicho(sesion)
    valor = {"amount": 2000.0, "currency": "BOB"}
    assert publicada["tender"]["lots"][0] == {
        "id": "1",
        "title": "Muebles",
        "status": "active",
        "value": valor,
    }
    assert [i["relatedLot"] for i in publicada["tender"]["items"]] == ["1", "2", "1"]
    assert publicada["tender"]["awardCriteriaDetails"].startswith("Precio más bajo por lote")
    assert [lote["status"] for lote in adjudicada["tender"]["lots"]] == ["complete", "unsuccessful"]
    assert [(a["status"], a["relatedLots"]) for a in adjudicada["awards"]] == [
        ("active", ["1"]),
        ("unsuccessful", ["2"]),
    ]
    assert adjudicada["bids"]["details"][0]["relatedLots"] == ["1"]
