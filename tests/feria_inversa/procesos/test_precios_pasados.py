"""At what the same thing was awarded before, beside the price that somebody is writing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.panorama import llevar_historia
from feria_inversa.perfiles import calcular_precios
from feria_inversa.precios import Dispersion
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.precios_pasados import Buscado, PreciosPasados, precios_pasados
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer
from tests.feria_inversa.perfiles.ayudas import ITEMS_CABEZA

PUPITRE = Buscado("pupitres de MADERA, bipersonal", "pieza")
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
    al_mercado()
    return procesos


def al_mercado() -> None:
    entregar_pendientes()
    calcular_precios()


def pupitre(texto: str = "Pupitre bipersonal de madera", unidad: str = "pieza", **campos: Any) -> Any:
    return item(texto, "2", "500", unidad, **campos)


def buscar(*buscados: Buscado) -> list[PreciosPasados]:
    with transaccion() as sesion:
        return precios_pasados(sesion, buscados)


DE_LA_HISTORIA = (
    "24-0389-00-0000001-1-1,1,5612150,43110,Mobiliario escolar - PUPITRE BIPERSONAL DE MADERA,PZA.,10,480,"
    "4800,P-1,460,4600,10,460,4600,Contratado,Cronograma 0\n"
    "24-0389-00-0000001-1-1,2,5612150,43110,PUPITRE BIPERSONAL DE MADERA,PZA.,10,480,4800,"
    "P-1,4600,4600,10,460,4600,Contratado,Cronograma 0\n"
)


def test_dice_cuantas_veces_y_entre_que_precios(
    feria: Feria, reloj: Any, contar_consultas: Callable[[], Any]
) -> None:
    """With the history, whose second line says its total as a price: it is left out."""
    con, sin, otro = (pupitre(unspsc=codigo) for codigo in (CODIGO, None, "44121600"))
    dia = fecha_bolivia(ahora() + timedelta(days=10, seconds=1))
    traer(CABEZA + renglon(1))
    traer(ITEMS_CABEZA + DE_LA_HISTORIA)
    llevar_historia()
    procesos = adjudicados(
        feria,
        reloj,
        (con, "400"),
        (sin, "450.1234"),
        (pupitre("Pupitre de madera: bipersonal", unspsc=CODIGO), "420"),
        (otro, "300"),
        (pupitre(unidad="juego"), "1"),
        (pupitre("Pupitre unipersonal de madera"), "2"),
        (sin, None),
        (sin, "3"),
    )
    assert buscar(PUPITRE)[0].veces == 6
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, procesos[-1], "Ya no hace falta comprarlo.")
    al_mercado()
    with contar_consultas() as sentencias, transaccion() as sesion:
        hallados = precios_pasados(
            sesion, [PUPITRE, PUPITRE._replace(unidad_medida="juego"), Buscado("de la", "pieza")]
        )
    assert len([s for s in sentencias if "feria_" in s]) == 1
    montos = map(bs, ("300", "400", "420", "450.1234", "460"))
    assert hallados == [
        PreciosPasados(5, Dispersion(5, 5, 2, date(2024, 3, 1), dia, *montos)),  # under whatever code
        PreciosPasados(1, None),
        PreciosPasados(0, None),
    ]
    assert buscar() == []


def test_muy_distintos_no_dicen_ninguno(feria: Feria, reloj: Any) -> None:
    """Of five, the fourth is more than three times the second."""
    adjudicados(feria, reloj, *[(pupitre(), precio) for precio in ("10", "20", "30", "61", "62")])
    assert buscar(PUPITRE) == [PreciosPasados(5, None)]


def test_se_ven_donde_se_escribe_el_precio(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    adjudicados(feria, reloj, *[(pupitre(), precio) for precio in ("400", "410", "420", "430", "450")])
    dia = fecha_bolivia(ahora())
    dicho = (
        "El Estado lo adjudicó a 5 precios en 5 procesos: de Bs 400,00 a Bs 450,00, la mediana Bs 420,00; la"
        f" mitad, entre Bs 410,00 y Bs 430,00. Del {filtro_fecha(dia)} al {filtro_fecha(dia)}."
    )
    borrador = feria.borrador([]).id
    pagina = sesion_web(feria.entidad.persona)
    camino = f"/compras/{borrador}/items"
    escrito = {"descripcion": "Pupitre bipersonal de madera", "cantidad": "7", "unidad_medida": "pieza"}

    mirada = pagina.post(camino, data=escrito | {"mirar": "1"})
    assert mirada.status_code == 200
    assert dicho in " ".join(mirada.text.split())
    assert 'href="/feria/mercado/precios?q=Pupitre%20bipersonal%20de%20madera"' in mirada.text.replace(
        "+", "%20"
    )
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
    adjudicados(feria, reloj, *[(pupitre(), precio) for precio in ("400", "410", "420", "430", "450.25")])
    dia = fecha_bolivia(ahora()).isoformat()
    camino = "/api/v1/precios-adjudicados"
    pide = {"descripcion": "pupitres bipersonales de madera", "unidad_medida": "PZAS."}
    assert cliente.get(camino, params=pide).json() == {
        "veces": 5,
        "suficientes": True,
        "procesos": 5,
        "entidades": 1,
        "minimo": {"monto": "400.00", "moneda": "BOB"},
        "cuartil_1": {"monto": "410.00", "moneda": "BOB"},
        "mediana": {"monto": "420.00", "moneda": "BOB"},
        "cuartil_3": {"monto": "430.00", "moneda": "BOB"},
        "maximo": {"monto": "450.25", "moneda": "BOB"},
        "desde": dia,
        "hasta": dia,
    }
    pocas = cliente.get(camino, params=pide | {"unidad_medida": "caja"}).json()
    assert (pocas["veces"], pocas["suficientes"], pocas["mediana"]) == (0, False, None)
    for malo in (
        {"unidad_medida": "atado raro"},
        {"descripcion": "a\0b de madera"},
        {"descripcion": " a  "},
        {"descripcion": "a" * 501},
    ):
        assert cliente.get(camino, params=pide | malo).status_code == 422
