"""What entities bought from the catalogue, for everybody: found, filtered, taken, and in few statements."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import comercio
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.hacer import pedidos_de
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.pedidos.tareas import liberar_vencidas
from feria_inversa.compra_de_catalogo import tabla
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.comercio.conftest import sin_el_reloj
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

TODAS, API = "/compras-de-catalogo", "/api/v1/compras-de-catalogo"
SENTENCIAS_MAXIMAS = 8


def _ordenar(ente: Ente, certificacion: UUID, *titulos: str) -> list[Any]:
    return [ente.aprobar(ente.pedir(ente.sostener(t), certificacion).id) for t in titulos]


def _texto(cliente: Any, ruta: str) -> str:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == 200, ruta
    return str(respuesta.text).replace("\xa0", " ")


def _pedido(compra: Any) -> Any:
    assert compra.pedido_id is not None
    return compra.pedido_id


@pytest.mark.parametrize("ruta", [TODAS, API, "/entidades/{}/compras-de-catalogo"])
def test_en_ocho_sentencias(
    ruta: str, ente: Ente, cliente: Any, sesion_web: Callable[..., Any], contar_consultas: Any
) -> None:
    """As many for one purchase as for five, filtered too; no frozen document is read."""
    certificacion = ente.certificar("5000.00")
    quien, ruta = (sesion_web(ente.carla), ruta.format(ente.id)) if "{" in ruta else (cliente, ruta)
    unidad, vende = ente.entidad.unidad.numero, ente.mercado.unidad.numero
    filtrada = f"{ruta}?entidad={unidad}&vendedor={vende}"
    veces = []
    for titulos in (("Chompa",), ("Poncho", "Gorro", "Manta", "Faja")):
        _ordenar(ente, certificacion, *titulos)
        with contar_consultas() as sentencias:
            _texto(quien, filtrada)
        assert not any("documento" in s and "comercio_busqueda_congelada" in s for s in sentencias)
        veces.append(len(sin_el_reloj(sentencias)))
    assert veces[0] == veces[1]
    if quien is cliente:
        assert veces[0] <= SENTENCIAS_MAXIMAS


def test_se_filtran_por_entidad_proveedor_y_anio(ente: Ente, cliente: Any) -> None:
    una, otra = _ordenar(ente, ente.certificar(), "Chompa", "Poncho")
    ente.mercado.reloj.adelantar(timedelta(days=300))
    (del_que_viene,) = _ordenar(ente, ente.certificar(numero="0001"), "Gorro")
    unidad, vende = ente.entidad.unidad.numero, ente.mercado.unidad.numero

    def numeros(consulta: str) -> list[str]:
        return [c["numero"] for c in cliente.get(f"{API}?{consulta}").json()["datos"]]

    assert numeros("") == [del_que_viene.numero, otra.numero, una.numero]
    assert numeros(f"entidad={unidad}&gestion=2028") == [otra.numero, una.numero]
    assert numeros(f"vendedor={vende}&gestion=2029") == [del_que_viene.numero]
    assert numeros(f"entidad={vende}") == numeros(f"vendedor={unidad}") == numeros("entidad=no+es") == []
    assert cliente.get(f"{API}?gestion=dos").status_code == 422
    pagina = _texto(cliente, f"{TODAS}?gestion=2028")
    assert (una.numero in pagina, del_que_viene.numero in pagina) == (True, False)
    assert 'href="/api/v1/compras-de-catalogo.csv?gestion=2028"' in pagina
    assert "Ninguna coincide" in _texto(cliente, f"{TODAS}?entidad={vende}")


def test_se_llega_desde_donde_se_mira(ente: Ente, cliente: Any) -> None:
    enlace = 'href="/compras-de-catalogo"'
    for ruta in ("/feria", "/feria/datos-abiertos", "/tienda"):  # the last one, by its foot
        assert enlace in _texto(cliente, ruta)
    numero = ente.entidad.unidad.numero
    assert f'href="/compras-de-catalogo?entidad={numero}"' in _texto(cliente, f"/unidades/{numero}")
    vende = ente.mercado.unidad.numero
    assert "/compras-de-catalogo?" not in _texto(cliente, f"/unidades/{vende}")


def test_se_dice_lo_devuelto_la_mora_y_la_deuda(ente: Ente, cliente: Any, leer: Callable[..., Any]) -> None:
    certificacion = ente.certificar()
    en_parte, debida = _ordenar(ente, certificacion, "Chompa", "Poncho")
    (linea,) = leer("SELECT id FROM comercio_pedido_linea WHERE pedido_id = :p", p=_pedido(en_parte))
    with transaccion() as sesion:
        vende = ente.mercado.actor_vendedor
        comercio.cancelar(sesion, vende, _pedido(en_parte), "Falta una.", {linea[0]: Decimal(1)})
    publica = _texto(cliente, TODAS)
    assert "quedó en Bs 320,00" in publica
    assert publica.count("quedó en") == 1
    assert "Quedó en" in _texto(cliente, f"{TODAS}/{en_parte.id}")
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, debida.id)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.mercado.reloj.adelantar(timedelta(days=10))
    assert liberar_vencidas() == 0  # there is no money
    assert "de atraso." not in _texto(cliente, TODAS)  # its term runs
    ente.mercado.reloj.adelantar(timedelta(days=20))
    assert "de atraso." in _texto(cliente, TODAS)
    ente.mercado.reloj.adelantar(timedelta(days=120))
    assert revisar_compromisos() >= 1
    assert "la entidad debe Bs 400,00" in _texto(cliente, TODAS)
    (fila,) = [c for c in cliente.get(API).json()["datos"] if c["id"] == str(debida.id)]
    assert fila["presupuesto"]["adeudado"]["monto"] == "400.00"


def test_se_dicen_las_otras_de_la_misma_partida_y_proveedor(
    ente: Ente, cliente: Any, sesion_web: Callable[..., Any]
) -> None:
    """Of thirty days before or after, not undone; of another object of expenditure, none. Nobody judges."""
    ropa, otra_partida = ente.certificar("2000.00"), ente.certificar("2000.00", "0413", "34300")
    primera, segunda = _ordenar(ente, ropa, "Chompa", "Poncho")
    (aparte,) = _ordenar(ente, otra_partida, "Gorro")
    ente.mercado.reloj.adelantar(timedelta(days=20))
    (tercera,) = _ordenar(ente, ropa, "Manta")
    ente.mercado.reloj.adelantar(timedelta(days=11))
    (lejana,) = _ordenar(ente, ropa, "Faja")

    def cercanas() -> dict[str, tuple[int, str] | None]:
        return {
            c["id"]: (c["otras_cercanas"]["cuantas"], c["otras_cercanas"]["total"]["monto"])
            if c["otras_cercanas"]
            else None
            for c in cliente.get(API).json()["datos"]
        }

    assert cercanas() == {
        str(primera.id): (2, "800.00"),
        str(segunda.id): (2, "800.00"),
        str(aparte.id): None,
        str(tercera.id): (3, "1200.00"),
        str(lejana.id): (1, "400.00"),
    }
    assert "Otras 3 compras de la misma partida y proveedor en 30 días" in _texto(
        cliente, f"{TODAS}/{tercera.id}"
    )
    pedida = ente.pedir(ente.sostener("Bufanda"), ropa)  # who decides it sees them before
    assert "Otras 2 compras de la misma partida y proveedor en 30 días" in _texto(
        sesion_web(ente.carla), f"{TODAS}/{pedida.id}"
    )
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, _pedido(lejana), "No hay más lana.")
    entregar_pendientes()
    assert (cercanas()[str(tercera.id)], cercanas()[str(lejana.id)]) == ((2, "800.00"), None)


@pytest.mark.parametrize("lote", [1, 2, 200])
def test_en_csv_con_las_mismas_columnas(
    lote: int, ente: Ente, cliente: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabla, "LOTE", lote)
    primera, segunda = _ordenar(ente, ente.certificar(), "=Chompa", "Poncho")
    respuesta = cliente.get(f"{API}.csv?entidad={ente.entidad.unidad.numero}")
    assert respuesta.headers["content-type"] == "text/csv; charset=utf-8"
    filas = list(csv.DictReader(io.StringIO(respuesta.text)))
    assert [f["numero"] for f in filas] == [segunda.numero, primera.numero]
    una = filas[1]
    assert una["titulo"] == "'=Chompa"  # no spreadsheet takes it for a formula
    assert [una[c] for c in ("estado", "cantidad", "ordenado", "devuelto", "quedo_en", "pagado")] == [
        "ordenada",
        "5",
        "400.00",
        "0.00",
        "400.00",
        "0.00",
    ]
    assert una["certificacion_gestion"] == "2028"
    assert (una["partida"], una["otras_en_30_dias"], una["otras_en_30_dias_total"]) == (
        "39500",
        "1",
        "400.00",
    )
    assert len(cliente.get(f"{API}.csv?gestion=2027").text.splitlines()) == 1


def test_lo_que_bajo_cuadra_con_lo_ordenado(ente: Ente, cliente: Any) -> None:
    """Asked for at Bs 80 and ordered at Bs 70: what everybody reads adds up, in the page and in the table."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    with transaccion() as sesion:
        producto = sesion.get_one(Producto, compra.producto_id)
        cambios = ProductoCambios(precio=bs("70.00"))
        editar_producto(sesion, ente.mercado.actor_vendedor, producto.id, producto.version, cambios)
    ente.aprobar(compra.id)
    pagina = _texto(cliente, f"{TODAS}/{compra.id}")
    assert ("Bs 70,00" in pagina, "Bs 80,00" in pagina) == (True, False)
    (una,) = csv.DictReader(io.StringIO(cliente.get(f"{API}.csv").text))
    columnas = ("cantidad", "precio", "descuento", "porte", "ordenado")
    assert [una[c] for c in columnas] == ["5", "70.00", "0.00", "0.00", "350.00"]


def test_lo_que_no_se_ordeno_no_es_publico(ente: Ente, cliente: Any) -> None:
    ente.pedir(ente.sostener(), ente.certificar(), id=nuevo_id())
    assert cliente.get(API).json()["datos"] == []
    assert len(cliente.get(f"{API}.csv").text.splitlines()) == 1
    assert "Todavía no hay ninguna" in _texto(cliente, TODAS)
