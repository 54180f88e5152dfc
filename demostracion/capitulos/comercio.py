"""Demonstration catalogue, imported, and orders, made with the real use cases; sown once.

Products are listed in `datos/demostracion.csv`. Purchases are made in the past by moving the clock of
this transaction back, so that the ledger sees that day; the steps that follow say when they happened.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from comercio import pedidos
from comercio.buscar import olvidar_facetas
from comercio.catalogo import armar_producto, datos_del_vendedor
from comercio.categorias import arbol
from comercio.comprar import SolicitudCompra, comprar, pedidos_de
from comercio.esquemas import Entrega, ProductoNuevo
from comercio.estados import EstadoProducto
from comercio.modelos import Pedido, Producto, ProductoFoto
from demostracion.capitulos.envios import avanzar_demo
from demostracion.dibujos.productos import dibujar
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id, unidades_de
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import guardar
from nucleo.auditoria import auditar
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_persona,
    cuenta_de_sistema,
    exigir_transferencia,
    saldo_disponible,
)

ARCHIVO = Path(__file__).parents[1] / "datos" / "comercio.csv"
SIN_STOCK = frozenset({"CHO-10", "TEJ-09"})  # sold out, to show how that looks


@dataclass(frozen=True, slots=True)
class Historia:
    """An order to tell: who bought what, how many days ago, and where it stands."""

    hace_dias: float
    comprador: str
    lineas: tuple[tuple[str, int], ...]
    destino: str
    como_llegar: str
    final: str


_LA_PAZ, _EL_ALTO, _CBBA, _SCZ = "020101", "020105", "030101", "070101"
_SUCRE, _ORURO, _TARIJA, _TRINIDAD = "010101", "040101", "060101", "080101"
_SOPOCACHI = "Zona Sopocachi, portón azul frente a la plazuela (demostración)"
_EQUIPETROL = "Barrio Equipetrol, edificio blanco con toldo verde (demostración)"
_PLAZA = "A media cuadra de la plaza, puerta de madera (demostración)"

# Ends: what the order looks like after the handlers have run. «viaje:» and «historia:» name envios' stories.
HISTORIAS = (
    Historia(24, "luis", (("CER-02", 1), ("CER-04", 1)), _SCZ, _EQUIPETROL, "historia:entrega"),
    Historia(21, "ana", (("CHO-01", 2), ("CHO-05", 1)), _LA_PAZ, _SOPOCACHI, "historia:entrega"),
    Historia(19, "regulador", (("CAF-01", 4),), _LA_PAZ, _PLAZA, "historia:segundo_intento"),
    Historia(16, "regulador", (("TEJ-05", 2), ("TEJ-03", 1)), _CBBA, _PLAZA, "historia:entrega"),
    Historia(15, "luis", (("SOM-07", 1),), _SCZ, _EQUIPETROL, "historia:devolucion"),
    Historia(13, "quinua", (("PAP-02", 1), ("PAP-04", 2)), _ORURO, _PLAZA, "historia:entrega"),
    Historia(12, "ana", (("IMP-02", 1),), _LA_PAZ, _SOPOCACHI, "servicio:liberado"),
    Historia(11, "correos", (("VIN-06", 1),), _EL_ALTO, _PLAZA, "historia:entrega"),
    Historia(10, "alcaldia", (("QUI-01", 6), ("QUI-05", 4)), _EL_ALTO, _PLAZA, "historia:entrega"),
    Historia(9, "regulador", (("MIE-01", 2),), _LA_PAZ, _PLAZA, "cancelado:comprador"),
    Historia(7, "tejidos", (("INS-06", 1), ("INS-04", 1)), _LA_PAZ, _PLAZA, "historia:entrega"),
    Historia(6, "ferreteria", (("TEJ-01", 1), ("TEJ-08", 1)), _SCZ, _EQUIPETROL, "viaje:agencia:fin"),
    Historia(5, "madera", (("JAM-01", 2),), _CBBA, _PLAZA, "historia:intento_fallido"),
    Historia(4, "correos", (("GAN-01", 3),), _TRINIDAD, _PLAZA, "cancelado:vendedor"),
    Historia(3.2, "ana", (("TEJ-02", 1),), _LA_PAZ, _SOPOCACHI, "viaje:entrega:EDG"),
    Historia(3, "ferreteria", (("CUE-03", 2),), _SUCRE, _PLAZA, "viaje:entrega:EMD"),
    Historia(2.5, "papeleria", (("SAL-05", 1), ("SAL-04", 2)), _TARIJA, _PLAZA, "viaje:entrega:EMC"),
    Historia(2, "regulador", (("CAC-01", 5),), _LA_PAZ, _PLAZA, "despachado"),
    Historia(1.5, "correos", (("TAR-03", 1), ("TEJ-05", 1)), _LA_PAZ, _PLAZA, "en_preparacion"),
    Historia(1.2, "ana", (("TEJ-10", 1),), _LA_PAZ, _SOPOCACHI, "en_preparacion"),
    Historia(0.8, "cafe", (("TEJ-04", 1),), _CBBA, _PLAZA, "pagado"),
    Historia(0.6, "luis", (("CUE-01", 1),), _SCZ, _EQUIPETROL, "pagado"),
    Historia(0.5, "alcaldia", (("UNI-03", 1),), _EL_ALTO, _PLAZA, "pagado"),
    Historia(0.2, "ana", (("CAF-03", 1), ("MIE-04", 1)), _LA_PAZ, _SOPOCACHI, "pagado"),
)


def sembrar(sesion: Session, ctx: Any = None) -> None:
    """Products over the demonstration sellers and orders in every state (idempotent)."""
    filas = _filas()
    if sesion.get(Producto, id_demo(f"producto:{filas[0]['sku']}")) is not None:
        return
    _sembrar_productos(sesion, filas)
    _sembrar_pedidos(sesion)
    olvidar_facetas()


def _filas() -> list[dict[str, str]]:
    """The rows of the file, each with its seller's next code."""
    cuentas: dict[str, int] = {}
    with ARCHIVO.open(encoding="utf-8", newline="") as lector:
        filas = list(csv.DictReader(lector, delimiter="|"))
    for fila in filas:
        clave = fila["vendedor"]
        cuentas[clave] = cuentas.get(clave, 0) + 1
        fila["sku"] = f"{clave[:3].upper()}-{cuentas[clave]:02d}"
    return filas


def _sembrar_productos(sesion: Session, filas: list[dict[str, str]]) -> None:
    """Published in a mixed order, so that the newest list shows something of everything."""
    claves = sorted({fila["vendedor"] for fila in filas})
    ramas = arbol(sesion)
    vendedores: dict[str, dict[str, Any]] = {}
    for clave, actor in _quien_vende(sesion, set(claves)).items():
        unidad = unidad_por_id(sesion, id_demo(f"unidad:{clave}"))
        autorizacion = exigir_facultad(sesion, actor, unidad.id, Facultad.VENDER)
        vendedores[clave] = datos_del_vendedor(sesion, unidad)
        auditar(sesion, autorizacion, "producto.importar", "registro_unidad", unidad.id)
    ahora = ahora_bd(sesion)
    filas = sorted(filas, key=lambda f: hashlib.sha256(f["sku"].encode()).digest())
    fotos = [
        guardar(sesion, dibujar(f["sku"], f["figura"]), "image/svg+xml", publico=True, ancho=400, alto=400)
        for f in filas
    ]
    productos: list[Producto] = []
    for n, (fila, foto) in enumerate(zip(filas, fotos, strict=True)):
        datos = _datos(fila)
        producto = armar_producto(datos, ramas.hoja(datos.categoria), vendedores[fila["vendedor"]])
        producto.id = id_demo(f"producto:{fila['sku']}")
        producto.estado = EstadoProducto.PUBLICADO
        producto.publicado_en = ahora - timedelta(hours=3 * (len(filas) - n), minutes=n % 37)
        producto.foto = foto
        productos.append(producto)
    sesion.add_all(productos)
    sesion.flush()
    sesion.add_all(
        ProductoFoto(producto_id=p.id, sha=p.foto or "", descripcion=f"Dibujo: {p.titulo}", orden=1)
        for p in productos
    )
    sesion.flush()


def _datos(fila: dict[str, str]) -> ProductoNuevo:
    return ProductoNuevo.model_validate(
        {
            "unidad_id": id_demo(f"unidad:{fila['vendedor']}"),
            "sku": fila["sku"],
            "titulo": fila["titulo"],
            "descripcion": fila["texto"],
            "categoria": fila["categoria"],
            "precio": bs(fila["precio"]),
            "unidad_medida": fila["medida"],
            "existencia": 0 if fila["sku"] in SIN_STOCK else fila["existencia"],
            "peso_g": fila["peso_g"],
        }
    )


def _quien_vende(sesion: Session, claves: set[str]) -> dict[str, Actor]:
    """For each demonstration seller, a person who may sell for it."""
    actores: dict[str, Actor] = {}
    for persona in ("tejidos", "cafe", "madera", "quinua", "ferreteria", "papeleria"):
        actor = _actor(sesion, persona)
        for unidad in unidades_de(sesion, actor, Facultad.VENDER):
            for clave in claves:
                if unidad.id == id_demo(f"unidad:{clave}"):
                    actores[clave] = actor
    return actores


def _actor(sesion: Session, clave: str) -> Actor:
    return actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}")))


# --- Orders ----------------------------------------------------------------------------------------


def _sembrar_pedidos(sesion: Session) -> None:
    vendedores = _quien_vende(sesion, {fila["vendedor"] for fila in _filas()})
    por_unidad = {id_demo(f"unidad:{clave}"): actor for clave, actor in vendedores.items()}
    _abonar(sesion, HISTORIAS)
    for historia in HISTORIAS:
        comprador = _actor(sesion, historia.comprador)
        with _hace(sesion, historia.hace_dias):
            hechos = _comprar(sesion, comprador, historia)
        for pedido in hechos:
            _contar(sesion, pedido, por_unidad[pedido.vendedor_id], comprador, historia)


def _comprar(sesion: Session, comprador: Actor, historia: Historia) -> list[Pedido]:
    persona = obtener_persona(sesion, id_demo(f"persona:{historia.comprador}"))
    compra = comprar(
        sesion,
        comprador,
        SolicitudCompra(
            id=id_demo(f"compra:{historia.comprador}:{historia.hace_dias}"),
            entrega=Entrega(
                destinatario=persona.nombre_completo,
                telefono=persona.celular or "70000000",
                municipio_ine=historia.destino,
                referencia=historia.como_llegar,
            ),
            lineas=tuple((id_demo(f"producto:{sku}"), n) for sku, n in historia.lineas),
        ),
    )
    return pedidos_de(sesion, compra.id)


def _contar(sesion: Session, pedido: Pedido, vendedor: Actor, comprador: Actor, historia: Historia) -> None:
    """Take the order to where its story ends; each step some hours after the one before."""
    clase, _, resto = historia.final.partition(":")
    if clase == "pagado":
        return
    if clase == "cancelado":
        quien, motivo = {
            "comprador": (comprador, "Me equivoqué de tamaño"),
            "vendedor": (vendedor, "Se nos terminó el producto en el puesto de venta"),
        }[resto]
        pedidos.cancelar(sesion, quien, pedido.id, motivo, en=pedido.creado_en + timedelta(hours=9))
        return
    pedidos.preparar(sesion, vendedor, pedido.id, en=pedido.creado_en + timedelta(hours=3))
    if clase == "servicio":
        pedidos.dar_conformidad(sesion, comprador, pedido.id, en=pedido.creado_en + timedelta(days=4))
    elif clase != "en_preparacion":
        _despachar(sesion, pedido, vendedor, historia.destino, clase, resto)


def _despachar(
    sesion: Session, pedido: Pedido, vendedor: Actor, destino: str, clase: str, resto: str
) -> None:
    operador = id_demo("unidad:mensajeria" if destino == _SCZ else "unidad:correos")
    despacho = pedido.creado_en + timedelta(hours=11)
    pedidos.despachar(sesion, vendedor, pedido.id, operador, en=despacho)
    if clase == "despachado":
        return
    nombre, _, hasta = resto.partition(":")
    assert pedido.envio_id is not None
    inicio = despacho + timedelta(hours=3)
    avanzar_demo(sesion, pedido.envio_id, hasta or "fin", historia=nombre, inicio=inicio)


@contextmanager
def _hace(sesion: Session, dias: float) -> Iterator[None]:
    """Inside, the database's clock of this transaction is so many days behind."""
    fijar = text("SELECT set_config('qhatu.desfase', :valor, true)")
    conexion = sesion.connection()
    antes = conexion.execute(text("SELECT current_setting('qhatu.desfase', true)")).scalar_one()
    conexion.execute(fijar, {"valor": f"-{dias * 86_400:.0f} s"})
    try:
        yield
        sesion.flush()
    finally:
        conexion.execute(fijar, {"valor": antes or ""})


def _abonar(sesion: Session, historias: Sequence[Historia]) -> None:
    """Give each buyer what their orders cost and they lack; Ana and Luis, something to go on buying with."""
    gastos = {h.comprador: bs(0) for h in historias}
    for historia in historias:
        for sku, cantidad in historia.lineas:
            precio = sesion.get_one(Producto, id_demo(f"producto:{sku}")).precio
            gastos[historia.comprador] += precio * cantidad
    for clave in ("ana", "luis"):
        gastos[clave] += bs(600)
    sistema = Autorizacion.propia(Actor.sistema("datos de demostración"))
    for clave, gasto in sorted(gastos.items()):
        cuenta = cuenta_de_persona(sesion, id_demo(f"persona:{clave}"))
        falta = gasto - saldo_disponible(sesion, cuenta)
        if falta > bs(0):
            abono = SolicitudTransferencia(
                id=id_demo(f"abono-comercio:{clave}"),
                codigo=Codigo.AJUSTE,
                debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
                credito=cuenta,
                monto=falta,
            )
            exigir_transferencia(sesion, abono, sistema)
