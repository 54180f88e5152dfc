"""Demonstration catalogue, imported, and orders, made with the real use cases; sown once.

Products are listed in `datos/comercio.csv`.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio import (
    CambioDePorte,
    Cobro,
    CuponNuevo,
    DatosDeAgenda,
    Entrega,
    Escalon,
    FormaDeEntrega,
    PedidoHecho,
    ProductoImportado,
    ProductoNuevo,
    PromocionNueva,
    SolicitudCompra,
    VarianteCambios,
    VarianteNueva,
    abrir_agenda,
    atender_con_cita,
    cancelar,
    comprar,
    comprar_con_tarjeta,
    dar_conformidad,
    dar_cupon,
    declarar_formas,
    despachar,
    importar_productos,
    liberar_vencidas,
    ofrecer_variantes,
    pedidos_de_compra,
    pedir_hora,
    preparar,
    prestar,
    promover,
    proximas_horas,
    revisar_por_pagar,
)
from demostracion.capitulos.registro import unidades_demo
from demostracion.capitulos.tarjetas import pagar_en_la_pasarela
from demostracion.dibujos import dibujar
from demostracion.elenco import abonar, actor, asegurar, id_de_unidad, persona
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, unidades_de
from envios import avanzar_demo, duracion_h, envio_por_referencia
from nucleo.actor import Actor
from nucleo.archivos import guardar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos.tarjetas import usa_simulacion

REVENDEN = ("ferreteria", "papeleria")
"""Of what they sell nobody declares where it was made; the others make it."""
ARCHIVO = Path(__file__).parents[1] / "datos" / "comercio.csv"
INICIO_DEL_VIAJE_H = 14
PARA_EL_ENVIO = bs(60)
FORMAS = {
    "tejidos": "Taller de la cooperativa, lunes a viernes de 9 a 18",
    "cafe": "Tostaduría, sábados de 9 a 13",
}
CUPON = "FERIA20"
DE_LA_SEMANA = ("TEJ-01", "TEJ-03", "TEJ-05")
CON_TARJETA = frozenset(
    {("regulador", 9)}
)  # who bought, how many days ago: it was cancelled, and the card has it
CON_CITA, AGENDA = "TAR-10", id_demo("agenda:tarabuco")
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
    cupon: str | None = None
    contra_entrega: bool = False

    @property
    def compra_id(self) -> UUID:
        return id_demo(f"compra:{self.comprador}:{self.hace_dias}")


LA_PAZ, EL_ALTO, CBBA, SCZ = "020101", "020105", "030101", "070101"
SUCRE, ORURO, TARIJA, TRINIDAD = "010101", "040101", "060101", "080101"
SOPOCACHI = "Zona Sopocachi, portón azul frente a la plazuela (demostración)"
EQUIPETROL = "Barrio Equipetrol, edificio blanco con toldo verde (demostración)"
PLAZA = "A media cuadra de la plaza, puerta de madera (demostración)"

# Ends: what the order looks like after the handlers have run. «viaje:» and «historia:» name envios' stories.
HISTORIAS = (
    Historia(24, "luis", (("CER-02", 1), ("CER-04", 1)), SCZ, EQUIPETROL, "historia:entrega"),
    Historia(21, "ana", (("CHO-01", 2), ("CHO-05", 1)), LA_PAZ, SOPOCACHI, "historia:entrega"),
    Historia(19, "regulador", (("CAF-01", 4),), LA_PAZ, PLAZA, "historia:segundo_intento"),
    Historia(16, "regulador", (("TEJ-05", 2), ("TEJ-03", 1)), CBBA, PLAZA, "historia:entrega"),
    Historia(15, "luis", (("SOM-07", 1),), SCZ, EQUIPETROL, "historia:devolucion"),
    Historia(13, "quinua", (("PAP-02", 1), ("PAP-04", 2)), ORURO, PLAZA, "historia:entrega"),
    Historia(12, "ana", (("IMP-02", 1),), LA_PAZ, SOPOCACHI, "servicio:conforme"),
    Historia(11, "correos", (("VIN-06", 1),), EL_ALTO, PLAZA, "historia:entrega"),
    Historia(10, "alcaldia", (("QUI-01", 6), ("QUI-05", 4)), EL_ALTO, PLAZA, "historia:entrega"),
    Historia(9, "regulador", (("MIE-01", 2),), LA_PAZ, PLAZA, "cancelado:comprador"),
    Historia(7, "tejidos", (("INS-06", 1), ("INS-04", 1)), LA_PAZ, PLAZA, "historia:entrega"),
    Historia(6, "ferreteria", (("TEJ-01", 1), ("TEJ-08", 1)), SCZ, EQUIPETROL, "viaje:agencia:fin"),
    Historia(5, "madera", (("TUP-01", 2),), CBBA, PLAZA, "historia:intento_fallido"),
    Historia(4, "correos", (("GAN-01", 3),), TRINIDAD, PLAZA, "cancelado:vendedor"),
    Historia(3.2, "ana", (("TEJ-02", 1),), LA_PAZ, SOPOCACHI, "viaje:entrega:EDG"),
    Historia(3, "ferreteria", (("CUE-03", 2),), SUCRE, PLAZA, "viaje:entrega:EMD"),
    Historia(2.8, "regulador", (("TEJ-04", 1),), CBBA, PLAZA, "viaje:entrega:EDG", contra_entrega=True),
    Historia(2.5, "papeleria", (("SAL-05", 1), ("SAL-04", 2)), TARIJA, PLAZA, "viaje:entrega:EMC"),
    Historia(2, "regulador", (("CAC-01", 5),), LA_PAZ, PLAZA, "despachado"),
    Historia(1.5, "correos", (("TAR-03", 1), ("TEJ-05", 1)), LA_PAZ, PLAZA, "en_preparacion"),
    Historia(1.2, "ana", (("TEJ-10", 1),), LA_PAZ, SOPOCACHI, "en_preparacion"),
    Historia(0.8, "cafe", (("TEJ-04", 1),), CBBA, PLAZA, "pagado"),
    Historia(0.7, "luis", (("TAR-10", 1),), SUCRE, PLAZA, "cita"),
    Historia(0.6, "luis", (("CUE-01", 1),), SCZ, EQUIPETROL, "pagado"),
    Historia(0.5, "alcaldia", (("UNI-03", 1),), EL_ALTO, PLAZA, "pagado"),
    Historia(0.2, "ana", (("CAF-03", 1), ("MIE-04", 1)), LA_PAZ, SOPOCACHI, "pagado"),
)


@capitulo("comercio")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Products over the demonstration sellers and orders in every state."""
    hoy = epoca.hoy
    yield Paso(hoy - timedelta(days=38), "productos", partial(_sembrar_productos, hoy=hoy))
    yield Paso(hoy - timedelta(days=37), "variantes", _ofrecer_variantes)
    yield Paso(hoy - timedelta(days=36), "formas de entrega", _declarar_formas)
    yield Paso(hoy - timedelta(days=35), "agenda", _abrir_agenda)
    yield Paso(hoy - timedelta(days=20), "envío aparte", _cobrar_envio)
    for historia in HISTORIAS:
        yield from pasos_de(historia, hoy - timedelta(days=historia.hace_dias))
    for dias in range(24):
        yield Paso(hoy - timedelta(days=dias, hours=1), f"noche {dias}", _pagar_lo_vencido)
    yield Paso(hoy - timedelta(hours=2), "abonos", _abonar)
    yield Paso(hoy - timedelta(minutes=90), "promociones", _promover)


def pasos_de(historia: Historia, compra_en: datetime) -> Iterator[Paso]:
    """What happened to an order, up to where its story ends: each step some hours after the one before."""
    clase, _, resto = historia.final.partition(":")

    def paso(horas: float, nombre: str, hacer: Callable[..., object]) -> Paso:
        cuando = compra_en + timedelta(hours=horas)
        return Paso(
            cuando,
            f"{historia.comprador}, {historia.hace_dias:g}: {nombre}",
            partial(hacer, historia=historia),
        )

    yield paso(0, "compra", comprar_lo_suyo)
    if clase == "pagado":
        return
    if clase == "cita":
        yield paso(1, "cita", _elegir_hora)
        return
    if clase == "cancelado":
        yield paso(9, "cancelación", _cancelar)
        return
    yield paso(3, "preparación", _preparar)
    if clase == "servicio":
        yield paso(72, "prestación", _prestar)
        if resto == "conforme":
            yield paso(96, "conformidad", _dar_conformidad)
    elif clase != "en_preparacion":
        yield paso(11, "despacho", _despachar)
        if clase != "despachado":
            nombre, _, hasta = resto.partition(":")
            yield paso(INICIO_DEL_VIAJE_H + duracion_h(nombre, hasta or "fin"), "viaje", _viajar)


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


def _sembrar_productos(sesion: Session, hoy: datetime) -> None:
    """Published in a mixed order, so that the newest list shows something of everything."""
    filas = _filas()
    quienes = _quien_vende(sesion, {fila["vendedor"] for fila in filas})
    filas = sorted(filas, key=lambda f: hashlib.sha256(f["sku"].encode()).digest())
    productos = [
        ProductoImportado(
            id=id_demo(f"producto:{fila['sku']}"),
            variante_id=id_demo(f"variante:{fila['sku']}"),
            datos=_datos(fila),
            publicado_en=hoy - timedelta(hours=3 * (len(filas) - n), minutes=n % 37),
            foto=_dibujo(sesion, id_demo(f"producto:{fila['sku']}"), fila),
            descripcion_de_foto=f"Dibujo: {fila['titulo']}",
        )
        for n, fila in enumerate(filas)
    ]
    importar_productos(sesion, {id_de_unidad(clave): quien for clave, quien in quienes.items()}, productos)


def _dibujo(sesion: Session, producto_id: UUID, fila: dict[str, str]) -> UUID:
    svg = io.BytesIO(dibujar(fila["sku"], fila["figura"]))
    return guardar(sesion, svg, "image/svg+xml", duenio=producto_id, publico=True, ancho=400, alto=400)


def _datos(fila: dict[str, str]) -> ProductoNuevo:
    return ProductoNuevo.model_validate(
        {
            "unidad_id": id_de_unidad(fila["vendedor"]),
            "sku": fila["sku"],
            "titulo": fila["titulo"],
            "descripcion": fila["texto"],
            "categoria": fila["categoria"],
            "precio": bs(fila["precio"]),
            "unidad_medida": fila["medida"],
            "existencia": 0 if fila["sku"] in SIN_STOCK else fila["existencia"],
            "peso_g": fila["peso_g"],
            "origen": "" if fila["vendedor"] in REVENDEN else "BO",
        }
    )


def _quien_vende(sesion: Session, claves: set[str]) -> dict[str, Actor]:
    """For each demonstration seller, a person who may sell for it."""
    actores: dict[str, Actor] = {}
    for vende in ("tejidos", "cafe", "madera", "quinua", "ferreteria", "papeleria"):
        quien = actor(sesion, vende)
        for unidad in unidades_de(sesion, quien, Facultad.VENDER):
            for clave in claves:
                if unidad.id == id_de_unidad(clave):
                    actores[clave] = quien
    return actores


def _ofrecer_variantes(sesion: Session) -> None:
    """Sandals by size, a pollera by colour, fibre cheaper by the bale, a table made to order."""
    for sku, primera, otras, dias in (
        ("CUE-05", {"talla": "36"}, [({"talla": t}, "65.00", n) for t, n in (("38", 24), ("40", 0))], 0),
        (
            "TAR-06",
            {"color": "rojo"},
            [({"color": "azul"}, "430.00", 2), ({"color": "verde"}, "455.00", 1)],
            0,
        ),
        ("LLA-03", {}, [], 0),
        ("MAD-02", {}, [], 15),
    ):
        fila = next(f for f in _filas() if f["sku"] == sku)
        quien = _quien_vende(sesion, {fila["vendedor"]})[fila["vendedor"]]
        escala = [Escalon(desde=Decimal(n), precio=bs(p)) for n, p in ((10, "98.00"), (25, "89.50"))]
        ofrecer_variantes(
            sesion,
            quien,
            id_demo(f"producto:{sku}"),
            VarianteCambios(atributos=primera, precios_por_cantidad=escala if sku == "LLA-03" else []),
            [
                VarianteNueva(
                    sku=f"{sku}-{n}",
                    atributos=atributos,
                    precio=bs(precio),
                    existencia=Decimal(existencia),
                    unidad_medida=fila["medida"],
                    peso_g=int(fila["peso_g"]),
                )
                for n, (atributos, precio, existencia) in enumerate(otras, 2)
            ],
            dias_de_elaboracion=dias,
        )


def _declarar_formas(sesion: Session) -> None:
    """The weavers' and the coffee growers' are picked up too; the weavers are paid at the door as well."""
    for clave, donde in FORMAS.items():
        quien = _quien_vende(sesion, {clave})[clave]
        formas = {FormaDeEntrega.CORREO: "", FormaDeEntrega.RETIRO: donde, FormaDeEntrega.REPARTO: ""}
        declarar_formas(sesion, quien, id_de_unidad(clave), formas, Cobro(contra_entrega=clave == "tejidos"))


def _abrir_agenda(sesion: Session) -> None:
    """The weavers of Tarabuco teach four people at once, by appointment, two afternoons and a morning."""
    quien, tarabuco = _quien_vende(sesion, {"tarabuco"})["tarabuco"], id_de_unidad("tarabuco")
    horario = {3: ((840, 1080),), 5: ((840, 1080),), 6: ((540, 780),)}
    datos = DatosDeAgenda("Los telares", 4, 1, horario, "Taller de la cooperativa, plaza de Tarabuco")
    abrir_agenda(sesion, quien, tarabuco, datos, AGENDA)
    atender_con_cita(sesion, quien, AGENDA, id_demo(f"variante:{CON_CITA}"), 240)


def _cobrar_envio(sesion: Session) -> None:
    """The coffee growers charge it apart from now on: who carries it, or so much around, or nothing."""
    quien = _quien_vende(sesion, {"cafe"})["cafe"]
    formas = {FormaDeEntrega.CORREO: "", FormaDeEntrega.RETIRO: FORMAS["cafe"], FormaDeEntrega.REPARTO: ""}
    cobro = Cobro(correo=True, zonas={LA_PAZ: bs(8), EL_ALTO: bs(12)}, gratis_desde=bs(300))
    declarar_formas(sesion, quien, id_de_unidad("cafe"), formas, cobro)


def _promover(sesion: Session) -> None:
    """A week of some woven things, compared with what they sold for before, and a coupon to hand out."""
    quien, tienda = _quien_vende(sesion, {"tejidos"})["tejidos"], id_de_unidad("tejidos")
    hoy = fecha_bolivia(ahora_bd(sesion))
    comun = {"unidad_id": tienda, "desde": hoy, "hasta": hoy + timedelta(days=13)}
    semana = {
        "nombre": "Semana del tejido",
        "clase": "porcentaje",
        "cuanto": Decimal(15),
        "alcance": "elegidos",
    }
    semana["variantes"] = [id_demo(f"variante:{sku}") for sku in DE_LA_SEMANA]
    promover(sesion, quien, PromocionNueva.model_validate(comun | semana))
    de_feria = {"codigo": CUPON, "clase": "monto", "cuanto": Decimal(20), "minimo": bs(150), "usos": 50}
    dar_cupon(sesion, quien, CuponNuevo.model_validate(comun | de_feria))


# --- Orders ----------------------------------------------------------------------------------------


def comprar_lo_suyo(sesion: Session, historia: Historia) -> None:
    """Somebody buys what their story says, with the money that it costs."""
    compra = persona(sesion, historia.comprador)
    asegurar(sesion, historia.comprador, _costo(historia))
    solicitud = SolicitudCompra(
        id=historia.compra_id,
        entrega=Entrega(
            destinatario=compra.nombre_completo,
            telefono=compra.celular or "70000000",
            municipio_ine=historia.destino,
            referencia=historia.como_llegar,
        ),
        lineas=tuple((id_demo(f"variante:{sku}"), n) for sku, n in historia.lineas),
        cupon=historia.cupon,
        contra_entrega=historia.contra_entrega,
    )
    quien = actor(sesion, historia.comprador)
    if (historia.comprador, historia.hace_dias) in CON_TARJETA and usa_simulacion():
        sesion.commit()
        with transaccion() as propia:
            _con_su_porte(comprar_con_tarjeta, propia, quien, solicitud)
        pagar_en_la_pasarela(solicitud.id)
    else:
        _con_su_porte(comprar, sesion, quien, solicitud)


def _con_su_porte(
    hacer: Callable[..., object], sesion: Session, quien: Actor, solicitud: SolicitudCompra
) -> None:
    try:
        hacer(sesion, quien, solicitud)
    except CambioDePorte as dicho:  # they see how much it is, and confirm
        hacer(sesion, quien, replace(solicitud, porte=bs(dicho.extra["porte"]["monto"])))


def cada_pedido(sesion: Session, historia: Historia) -> Iterator[tuple[PedidoHecho, Actor]]:
    """Each order of the purchase, with who sells it."""
    for pedido in pedidos_de_compra(sesion, historia.compra_id):
        quien = next(d.persona for d in unidades_demo().values() if d.id == pedido.vendedor_id)
        yield pedido, actor(sesion, quien)


def _cancelar(sesion: Session, historia: Historia) -> None:
    for pedido, vendedor in cada_pedido(sesion, historia):
        if historia.final == "cancelado:comprador":
            comprador = actor(sesion, historia.comprador)
            cancelar(sesion, comprador, pedido.id, "Me equivoqué de tamaño")
        else:
            cancelar(sesion, vendedor, pedido.id, "Se nos terminó el producto en el puesto de venta")


def _preparar(sesion: Session, historia: Historia) -> None:
    for pedido, vendedor in cada_pedido(sesion, historia):
        preparar(sesion, vendedor, pedido.id)


def _elegir_hora(sesion: Session, historia: Historia) -> None:
    proximas = proximas_horas(sesion, [id_demo(f"variante:{CON_CITA}")])
    assert proximas is not None
    for pedido, _vendedor in cada_pedido(sesion, historia):
        pedir_hora(sesion, actor(sesion, historia.comprador), pedido.id, proximas.horas[0])


def _prestar(sesion: Session, historia: Historia) -> None:
    for pedido, vendedor in cada_pedido(sesion, historia):
        prestar(sesion, vendedor, pedido.id, "Diseño e impresión entregados en el local (demostración)")


def _pagar_lo_vencido(_sesion: Session) -> None:
    """What the sweeps do by themselves: pay who sold what nobody claimed in its term, and look at what a card
    paid again."""
    liberar_vencidas()
    revisar_por_pagar()


def _dar_conformidad(sesion: Session, historia: Historia) -> None:
    for pedido, _vendedor in cada_pedido(sesion, historia):
        dar_conformidad(sesion, actor(sesion, historia.comprador), pedido.id)


def _despachar(sesion: Session, historia: Historia) -> None:
    operador = id_de_unidad("mensajeria" if historia.destino == SCZ else "correos")
    for pedido, vendedor in cada_pedido(sesion, historia):
        despachar(sesion, vendedor, pedido.id, operador)


def _viajar(sesion: Session, historia: Historia) -> None:
    nombre, _, hasta = historia.final.partition(":")[2].partition(":")
    for pedido, _vendedor in cada_pedido(sesion, historia):
        envio = envio_por_referencia(sesion, "pedido", pedido.id)
        assert envio is not None
        inicio = pedido.creado_en + timedelta(hours=INICIO_DEL_VIAJE_H)
        avanzar_demo(sesion, envio.id, hasta or "fin", historia=nombre, inicio=inicio)


def _costo(historia: Historia) -> Money:
    """What the goods cost, and enough for their postage."""
    precios = {fila["sku"]: bs(fila["precio"]) for fila in _filas()}
    return sum((precios[sku] * cantidad for sku, cantidad in historia.lineas), PARA_EL_ENVIO)


def _abonar(sesion: Session) -> None:
    """Something for Ana and Luis to go on buying with."""
    for clave in ("ana", "luis"):
        abonar(sesion, clave, bs(600))
