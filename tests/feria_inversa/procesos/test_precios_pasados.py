"""At what things alike were awarded before, beside the price that somebody is writing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import text

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.precios_pasados import Buscado, Precios, PreciosPasados, precios_pasados
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria, item

PUPITRE = Buscado("pupitres de MADERA, bipersonal", "pieza", None)
CODIGO = "56121500"


def adjudicados(feria: Feria, reloj: Any, *pedidos: tuple[Any, str | None]) -> list[UUID]:
    """A process of each item, awarded at that price, or deserted; all decided on one day."""
    procesos = [feria.publicada(items=[pedido]).id for pedido, _precio in pedidos]
    ofertas = [
        feria.ofertar(feria.ana, id_, [precio or "1"])
        for id_, (_pedido, precio) in zip(procesos, pedidos, strict=True)
    ]
    reloj.adelantar(timedelta(days=10, seconds=1))
    for id_, oferta, (_pedido, precio) in zip(procesos, ofertas, pedidos, strict=True):
        with transaccion() as sesion:
            abrir_convocatoria(sesion, feria.entidad.actor, id_)
        decision = DecisionEntrada(
            item_id=feria.items(id_)[0].id,
            oferta_id=oferta if precio else None,
            motivo="" if precio else "La oferta no cumple lo pedido.",
        )
        with transaccion() as sesion:
            adjudicar(sesion, feria.entidad.actor, id_, [decision])
    return procesos


def pupitre(texto: str = "Pupitre bipersonal de madera", unidad: str = "pieza", **campos: Any) -> Any:
    return item(texto, "2", "500", unidad, **campos)


def buscar(*buscados: Buscado) -> list[PreciosPasados]:
    with transaccion() as sesion:
        return precios_pasados(sesion, buscados)


def test_dice_cuantas_veces_y_entre_que_precios(
    feria: Feria, reloj: Any, contar_consultas: Callable[[], Any]
) -> None:
    con, sin, otro = (pupitre(unspsc=codigo) for codigo in (CODIGO, None, "44121600"))
    dia = fecha_bolivia(ahora() + timedelta(days=10, seconds=1))
    procesos = adjudicados(
        feria,
        reloj,
        (con, "400"),
        (sin, "450.1234"),
        (pupitre("Pupitre de madera: bipersonal", unspsc=CODIGO), "420"),
        (otro, "100"),
        (pupitre(unidad="juego"), "1"),
        (pupitre("Pupitre unipersonal de madera"), "2"),
        (sin, None),
        (sin, "3"),
    )
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, procesos[-1], "Ya no hace falta comprarlo.")

    def precios(*montos: str) -> Precios:
        return Precios(*map(bs, montos), desde=dia, hasta=dia)

    with contar_consultas() as sentencias, transaccion() as sesion:
        hallados = precios_pasados(
            sesion,
            [
                PUPITRE,
                PUPITRE._replace(unspsc=CODIGO),
                PUPITRE._replace(unspsc="44121600"),
                PUPITRE._replace(unidad_medida="juego"),
                Buscado("de la", "pieza", None),
            ],
        )
    assert len([s for s in sentencias if "feria_" in s]) == 1
    assert hallados == [
        PreciosPasados(4, precios("100", "100", "400", "420", "450.1234")),  # of any code
        PreciosPasados(3, precios("400", "400", "420", "450.1234", "450.1234")),
        PreciosPasados(2, None),
        PreciosPasados(1, None),
        PreciosPasados(0, None),
    ]
    assert buscar() == []


def test_los_busca_por_su_indice(feria: Feria, sesion: Any) -> None:
    """With enough rows that reading them all would be worse."""
    sesion.execute(text("SET LOCAL enable_seqscan = off"))
    plan = sesion.execute(
        text(
            "EXPLAIN SELECT 1 FROM feria_item i JOIN feria_adjudicacion d ON d.item_id = i.id"
            " AND d.resultado = 'adjudicado' WHERE i.estado = 'adjudicado' AND i.unidad_medida = 'pieza'"
            " AND feria_palabras(i.descripcion) = feria_palabras('Pupitre')"
        )
    )
    dicho = "\n".join(fila[0] for fila in plan)
    assert "ix_feria_item_adjudicado" in dicho
    assert "ix_feria_adjudicacion_de_item" in dicho


def test_se_ven_donde_se_escribe_el_precio(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    adjudicados(feria, reloj, *[(pupitre(), precio) for precio in ("400", "420", "450")])
    dia = fecha_bolivia(ahora())
    dicho = (
        "Se adjudicó 3 veces: de Bs 400,00 a Bs 450,00, la mediana Bs 420,00; la mitad, entre Bs 400,00 y"
        f" Bs 450,00. Del {filtro_fecha(dia)} al {filtro_fecha(dia)}."
    )
    borrador = feria.borrador([]).id
    pagina = sesion_web(feria.entidad.persona)
    camino = f"/compras/{borrador}/items"
    escrito = {"descripcion": "Pupitre bipersonal de madera", "cantidad": "7", "unidad_medida": "pieza"}

    mirada = pagina.post(camino, data=escrito | {"mirar": "1"})
    assert mirada.status_code == 200
    assert dicho in " ".join(mirada.text.split())
    assert 'value="7"' in mirada.text
    assert feria.items(borrador) == []

    sin_precio = pagina.post(camino, data=escrito)
    assert sin_precio.status_code == 422
    assert "Escriba el precio referencial." in sin_precio.text
    assert feria.items(borrador) == []

    pagina.post(camino, data=escrito | {"precio_referencial": "430"})
    pagina.post(camino, data=escrito | {"descripcion": "Atril de madera", "precio_referencial": "90"})
    escritos = " ".join(pagina.get(camino).text.split())
    assert escritos.count(dicho) == 1
    assert escritos.count("Nada igual se adjudicó antes.") == 1


def test_por_la_api(feria: Feria, reloj: Any, cliente: TestClient) -> None:
    adjudicados(feria, reloj, *[(pupitre(unspsc=CODIGO), precio) for precio in ("400", "420", "450.25")])
    dia = fecha_bolivia(ahora()).isoformat()
    camino = "/api/v1/precios-adjudicados"
    pide = {"descripcion": "pupitres bipersonales de madera", "unidad_medida": "PZAS."}
    assert cliente.get(camino, params=pide).json() == {
        "veces": 3,
        "suficientes": True,
        "minimo": {"monto": "400.00", "moneda": "BOB"},
        "cuartil_1": {"monto": "400.00", "moneda": "BOB"},
        "mediana": {"monto": "420.00", "moneda": "BOB"},
        "cuartil_3": {"monto": "450.25", "moneda": "BOB"},
        "maximo": {"monto": "450.25", "moneda": "BOB"},
        "desde": dia,
        "hasta": dia,
    }
    pocas = cliente.get(camino, params=pide | {"unspsc": "4412160"}).json()
    assert (pocas["veces"], pocas["suficientes"], pocas["mediana"]) == (0, False, None)
    for malo in (
        {"unidad_medida": "atado raro"},
        {"descripcion": "a\0b de madera"},
        {"descripcion": " a  "},
        {"descripcion": "a" * 501},
    ):
        assert cliente.get(camino, params=pide | malo).status_code == 422
