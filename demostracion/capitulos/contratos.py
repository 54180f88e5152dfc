"""What became of what was contracted: dry rations delivered in time, late, in part, and paid; and a process
that went the long way, with two lots, two people who evaluate, an appeal that revoked, a guarantee, and a lot
that nobody offered and was called again. And another that was decided yesterday: of its two items one is
contested and waits for who resolves it, and the other may still be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.feria_inversa import autoridad
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import (
    Facultad,
    NuevoMandato,
    acto_salida,
    exigir_facultad,
    firmar_acto,
    mandatos,
)
from feria_inversa import (
    ConvocatoriaEntrada,
    DecisionEntrada,
    EntregaEntrada,
    EstadoImpugnacion,
    Forma,
    GarantiaEntrada,
    ItemEntrada,
    LineaDeEntrega,
    LineaEntrada,
    Nombramiento,
    OrdenDada,
    PagoEntrada,
    Papel,
    RecepcionEntrada,
    abrir_con,
    aceptar_con,
    adjudicar_con,
    comparar,
    crear_con,
    designar_en_proceso,
    emitir_con,
    entregar_de_orden,
    impugnaciones_de,
    impugnar,
    informar,
    items_de,
    llamar_otra_vez_con,
    ordenes_de,
    pagar_orden,
    presentar_con,
    publicar_con,
    recibir_de_orden,
    registrar_garantia,
    resolver_impugnacion,
)
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.plazos import calendario
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia

RACIONES = id_demo("convocatoria:24")
COMPRA_RACIONES = "gobernacion"
ENTIDAD, DECIDE, EVALUAN = "alcaldia", "gobernacion", ("vocal", "ana")
LARGO, SIGUIENTE = id_demo("convocatoria:telecentros"), id_demo("convocatoria:telecentros:2")
TITULO = "Equipos y mobiliario para tres telecentros"
LOTES = ["Equipos", "Mobiliario"]
PEDIDO = (  # lot, what, how many, reference
    (1, "Computadora de escritorio con monitor de 22 pulgadas", "30", "6200.00"),
    (1, "Proyector de 3.500 lúmenes", "6", "5400.00"),
    (2, "Mesa de trabajo de 1,20 x 0,60 m", "30", "780.00"),
)
OFERTAS = {"papeleria": ("5900.00", "5100.00"), "yacuiba": ("6010.00", "5240.00")}
GANA = "yacuiba"
IMPUGNA = "La oferta que ganó no tiene taller autorizado en el país, como pide la convocatoria."
CERCOS = id_demo("convocatoria:cercos")
CERCOS_PEDIDO = (
    ("Malla olímpica de 2 m, en rollo de 25 m", "150", "780.00"),
    ("Poste galvanizado de 2,5 m", "1200", "95.00"),
)
CERCOS_OFERTAS = {
    "papeleria": ("700.00", "84.00"),
    "yacuiba": ("725.00", "88.00"),
    "madera": ("760.00", "86.00"),
}
CERCOS_IMPUGNA = "La malla que ganó es de calibre 14, y la convocatoria pide calibre 12."
REVOCA = "Revisada la oferta, su garantía se atiende fuera del país: no cumple."


@dataclass(frozen=True, slots=True)
class Entrega:
    """Days ago: delivered, received, paid with its C-31. `falta`, of what was delivered, came badly."""

    proveedor: str
    item: int
    cuanto: int
    entregada: float
    recibida: float
    pagada: tuple[float, str] | None = None
    falta: tuple[int, str] | None = None


ENTREGAS = (
    Entrega("sal", 4, 2500, 30, 28.5, (19.6, "1102")),
    Entrega("quinua", 1, 1500, 27, 26),
    Entrega("castana", 3, 2500, 20, 19.5),
    Entrega("soya", 2, 2500, 16, 15.5, falta=(200, "Doscientas botellas llegaron sin su tapa de seguridad.")),
    Entrega("quinua", 1, 1000, 3, 2.5, (1.2, "1187")),  # late: what is paid is less its penalty
)


@capitulo("feria_inversa.contratos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    if hoy - timedelta(days=79) < epoca.inicio:
        return  # what it is about was not there
    for n, entrega in enumerate(ENTREGAS, start=1):
        cuando = partial(_hace, hoy)
        yield Paso(cuando(entrega.entregada), f"entrega {n}", partial(_entregar, entrega=entrega))
        yield Paso(cuando(entrega.recibida), f"recepción {n}", partial(_recibir, entrega=entrega))
        if entrega.pagada:
            yield Paso(cuando(entrega.pagada[0]), f"pago {n}", partial(_pagar, entrega=entrega))
    yield Paso(_hace(hoy, 76), "quién evalúa", _dar_mandatos)
    yield from _largo(hoy)
    yield from _por_impugnar(hoy)


def _hace(hoy: datetime, dias: float) -> datetime:
    return hoy - timedelta(days=dias)


def _orden(sesion: Session, convocatoria_id: UUID, clave: str) -> OrdenDada:
    """The one of that supplier."""
    suya = id_de_unidad(clave)
    return next(o for o in ordenes_de(sesion, convocatoria_id) if o.proveedor_id == suya)


def _entregar(sesion: Session, entrega: Entrega) -> None:
    linea = LineaDeEntrega(numero=entrega.item, cantidad=Decimal(entrega.cuanto))
    quien = actor(sesion, unidades_demo()[entrega.proveedor].persona)
    orden = _orden(sesion, RACIONES, entrega.proveedor)
    entregar_de_orden(sesion, quien, orden.id, EntregaEntrada(lineas=[linea], nota="Almacén departamental"))


def _recibir(sesion: Session, entrega: Entrega) -> None:
    falta, motivo = entrega.falta or (0, "")
    linea = LineaDeEntrega(numero=entrega.item, cantidad=Decimal(entrega.cuanto - falta))
    recepcion = RecepcionEntrada(lineas=[linea], motivo=motivo, multar=True)
    numero = 1 + sum(
        otra.entregada > entrega.entregada for otra in ENTREGAS if otra.proveedor == entrega.proveedor
    )
    orden = _orden(sesion, RACIONES, entrega.proveedor)
    recibir_de_orden(sesion, actor(sesion, COMPRA_RACIONES), orden.id, numero, recepcion)


def _pagar(sesion: Session, entrega: Entrega) -> None:
    assert entrega.pagada is not None
    _pagar_todo(sesion, COMPRA_RACIONES, RACIONES, entrega.proveedor, entrega.pagada[1])


def _pagar_todo(sesion: Session, quien: str, convocatoria_id: UUID, proveedor: str, comprobante: str) -> None:
    """All that is owed of an order, with a C-31 of that day."""
    orden = _orden(sesion, convocatoria_id, proveedor)
    hoy = fecha_bolivia(ahora_bd(sesion))
    pago = PagoEntrada(monto=orden.por_pagar, medio="c31", comprobante=comprobante, fecha=hoy)
    pagar_orden(sesion, actor(sesion, quien), orden.id, pago)


def _dar_mandatos(sesion: Session) -> None:
    """Who decides and who evaluates: nobody of them administers the town."""
    for n, clave in enumerate((DECIDE, *EVALUAN), start=1):
        nuevo = NuevoMandato(
            (Facultad.CONSULTAR, Facultad.EVALUAR),
            persona_id=id_de_persona(clave),
            documento=f"Memorándum {40 + n}/2026 {ETIQUETA}",
        )
        dado = mandatos.otorgar_mandato(sesion, actor(sesion, ENTIDAD), id_de_unidad(ENTIDAD), nuevo)
        mandatos.aceptar_mandato(sesion, actor(sesion, clave), dado.id)


def _cierre(hoy: datetime, hace: int, *, hacia: int) -> datetime:
    """Four in the afternoon of a working day of the town, that one or the nearest of that side."""
    with transaccion() as sesion:
        habiles = calendario(sesion)
    dia: date = fecha_bolivia(_hace(hoy, hace))
    while not habiles.es_habil(dia, [unidades_demo()[ENTIDAD].municipio]):
        dia += timedelta(days=hacia)
    return datetime.combine(dia, time(16), ZONA)


def _largo(hoy: datetime) -> Iterator[Paso]:
    """Two lots: the first is won, contested, revoked and won by the other; the second is called again."""
    cierre = _cierre(hoy, 46, hacia=-1)

    def tras(dias: float, nombre: str, hacer: Callable[[Session], object]) -> Paso:
        return Paso(cierre + timedelta(days=dias), f"telecentros: {nombre}", hacer)

    yield tras(-21, "publicación", partial(_publicar, cierre=cierre))
    yield tras(-20, "quién es quién", _nombrar)
    for n, clave in enumerate(OFERTAS, start=1):
        yield tras(-10 + n, f"oferta {n}", partial(_ofertar, clave=clave))
    yield tras(0.1, "apertura", lambda s: abrir_con(s, autoridad(s, ENTIDAD), LARGO))
    primera, desierto = ("papeleria", ""), (None, "Nadie ofertó este lote.")
    yield tras(0.8, "informe", partial(_informar, lotes={1: primera, 3: desierto}))
    yield tras(1, "decisión", partial(_decidir, lotes={1: primera, 3: desierto}))
    yield tras(1.7, "impugnación", _impugnar)
    yield tras(3.8, "revocación", _revocar)
    segunda = (GANA, "Es la que sigue: la primera no cumple.")
    yield tras(4, "otro informe", partial(_informar, lotes={1: segunda}))
    yield tras(4.2, "otra decisión", partial(_decidir, lotes={1: segunda}))
    yield tras(12, "orden", lambda s: emitir_con(s, autoridad(s, ENTIDAD), LARGO))
    yield tras(13, "garantía", _garantizar)
    yield tras(13.5, "aceptación", _aceptar)
    for n, (dias, filas) in enumerate(((23, ((1, 18), (2, 6))), (29, ((1, 12),))), start=1):
        yield tras(dias, f"entrega {n}", partial(_entregar_equipos, filas=filas))
        yield tras(dias + 1, f"recepción {n}", partial(_recibir_equipos, numero=n))
    yield tras(38, "pago", _pagar_equipos)
    llama = _hace(hoy, 4)
    yield Paso(llama, "telecentros: otra vez", _llamar)
    sigue = partial(_publicar_otra_vez, cierre=_cierre(hoy, -7, hacia=1))
    yield Paso(llama + timedelta(hours=3), "telecentros: publicación 2", sigue)


def _por_impugnar(hoy: datetime) -> Iterator[Paso]:
    """Decided yesterday, item by item, for the lowest price; who lost one contests it."""
    cierre = _cierre(hoy, 3, hacia=-1)
    yield Paso(cierre - timedelta(days=16), "cercos: publicación", partial(_publicar_cercos, cierre=cierre))
    for n, clave in enumerate(CERCOS_OFERTAS, start=1):
        yield Paso(
            cierre - timedelta(days=6 - n), f"cercos: oferta {n}", partial(_ofertar_cercos, clave=clave)
        )
    yield Paso(
        cierre + timedelta(hours=2), "cercos: apertura", lambda s: abrir_con(s, autoridad(s, ENTIDAD), CERCOS)
    )
    yield Paso(_hace(hoy, 1), "cercos: decisión", _decidir_cercos)
    yield Paso(_hace(hoy, 0.6), "cercos: impugnación", _impugnar_cercos)


def _publicar_cercos(sesion: Session, cierre: datetime) -> None:
    entidad = autoridad(sesion, ENTIDAD)
    datos = ConvocatoriaEntrada(
        titulo="Malla y postes para cercar veinte canchas",
        descripcion="Malla de alambre galvanizado de calibre 12.",
        municipio_ine=unidades_demo()[ENTIDAD].municipio,
        lugar_entrega="Almacén municipal",
        plazo_entrega_dias=20,
    )
    items = [
        ItemEntrada(
            descripcion=que, cantidad=Decimal(cuanto), unidad_medida="pieza", precio_referencial=bs(precio)
        )
        for que, cuanto, precio in CERCOS_PEDIDO
    ]
    crear_con(sesion, entidad, datos, items, CERCOS)
    publicar_con(sesion, entidad, CERCOS, cierre)


def _ofertar_cercos(sesion: Session, clave: str) -> None:
    lineas = [
        LineaEntrada(item_id=item.id, precio_unitario=bs(precio), marca="Marca nacional", plazo_dias=15)
        for item, precio in zip(items_de(sesion, CERCOS), CERCOS_OFERTAS[clave], strict=True)
    ]
    presentar_con(sesion, autoridad(sesion, clave), CERCOS, lineas)


def _decidir_cercos(sesion: Session) -> None:
    """By who was given it to decide, so that who administers the town may resolve what is contested."""
    decide = exigir_facultad(sesion, actor(sesion, DECIDE), id_de_unidad(ENTIDAD), Facultad.EVALUAR)
    gana = id_de_unidad("papeleria")
    decisiones = [
        DecisionEntrada(item_id=c.item_id, oferta_id=dict(c.ofertas)[gana]) for c in comparar(sesion, CERCOS)
    ]
    adjudicar_con(sesion, decide, CERCOS, decisiones)


def _impugnar_cercos(sesion: Session) -> None:
    demo = unidades_demo()["yacuiba"]
    item = items_de(sesion, CERCOS)[0].id
    impugnar(sesion, actor(sesion, demo.persona), CERCOS, item, demo.id, CERCOS_IMPUGNA)


def _publicar(sesion: Session, cierre: datetime) -> None:
    entidad = autoridad(sesion, ENTIDAD)
    datos = ConvocatoriaEntrada(
        titulo=TITULO,
        descripcion="Con taller autorizado en el país y un año de garantía. Cada lote se adjudica entero.",
        municipio_ine=unidades_demo()[ENTIDAD].municipio,
        lugar_entrega="Telecentros de los distritos 3, 4 y 7",
        plazo_entrega_dias=30,
        adjudica_por=Forma.LOTE,
        lotes=LOTES,
    )
    items = [
        ItemEntrada(
            descripcion=que,
            cantidad=Decimal(cuanto),
            unidad_medida="pieza",
            precio_referencial=bs(precio),
            lote=lote,
        )
        for lote, que, cuanto, precio in PEDIDO
    ]
    crear_con(sesion, entidad, datos, items, LARGO)
    publicar_con(sesion, entidad, LARGO, cierre)


def _nombrar(sesion: Session) -> None:
    for clave in EVALUAN:
        nombra = Nombramiento(Papel.CALIFICACION, id_de_persona(clave), "Memorándum 44")
        designar_en_proceso(sesion, actor(sesion, ENTIDAD), LARGO, nombra)
    recibe = Nombramiento(Papel.RECEPCION, id_de_persona(ENTIDAD), "Memorándum 45")
    designar_en_proceso(sesion, actor(sesion, ENTIDAD), LARGO, recibe)


def _ofertar(sesion: Session, clave: str) -> None:
    lineas = [
        LineaEntrada(item_id=item.id, precio_unitario=bs(precio), marca="Marca nacional", plazo_dias=25)
        for item, precio in zip(items_de(sesion, LARGO), OFERTAS[clave], strict=False)
    ]
    presentar_con(sesion, autoridad(sesion, clave), LARGO, lineas)


Lotes = dict[int, tuple[str | None, str]]
"""Of each lot, by its first item: whose bid wins, None where it is deserted; and why."""


def _decisiones(sesion: Session, lotes: Lotes) -> list[DecisionEntrada]:
    comparados = {c.numero: c for c in comparar(sesion, LARGO)}
    return [
        DecisionEntrada(
            item_id=comparados[numero].item_id,
            oferta_id=dict(comparados[numero].ofertas)[id_de_unidad(gana)] if gana else None,
            motivo=motivo,
        )
        for numero, (gana, motivo) in lotes.items()
    ]


def _informar(sesion: Session, lotes: Lotes) -> None:
    """One proposes and the other signs the same text."""
    propone, firma = (actor(sesion, clave) for clave in EVALUAN)
    espera = informar(sesion, propone, LARGO, _decisiones(sesion, lotes))
    assert espera is not None
    firmar_acto(sesion, firma, espera.id, acto_salida(sesion, espera.id).huella)


def _decidir(sesion: Session, lotes: Lotes) -> None:
    decide = exigir_facultad(sesion, actor(sesion, DECIDE), id_de_unidad(ENTIDAD), Facultad.EVALUAR)
    adjudicar_con(sesion, decide, LARGO, _decisiones(sesion, lotes))


def _impugnar(sesion: Session) -> None:
    demo = unidades_demo()[GANA]
    item = items_de(sesion, LARGO)[0].id
    impugnar(sesion, actor(sesion, demo.persona), LARGO, item, demo.id, IMPUGNA)


def _revocar(sesion: Session) -> None:
    """By who administers the town and did not decide it."""
    (una,) = impugnaciones_de(sesion, LARGO)
    resolver_impugnacion(sesion, actor(sesion, ENTIDAD), una, EstadoImpugnacion.REVOCADA, REVOCA)


def _garantizar(sesion: Session) -> None:
    hoy = fecha_bolivia(ahora_bd(sesion))
    boleta = GarantiaEntrada.model_validate(
        {
            "forma": "boleta",
            "emisor": f"Banco de Prueba {ETIQUETA}",
            "documento": "BG-30418",
            "monto": {"monto": "22000.00", "moneda": "BOB"},
            "desde": hoy,
            "hasta": hoy + timedelta(days=120),
        }
    )
    registrar_garantia(sesion, actor(sesion, ENTIDAD), _orden(sesion, LARGO, GANA).id, boleta)


def _aceptar(sesion: Session) -> None:
    aceptar_con(sesion, autoridad(sesion, GANA), _orden(sesion, LARGO, GANA).id)


def _entregar_equipos(sesion: Session, filas: tuple[tuple[int, int], ...]) -> None:
    lineas = [LineaDeEntrega(numero=numero, cantidad=Decimal(cuanto)) for numero, cuanto in filas]
    quien = actor(sesion, unidades_demo()[GANA].persona)
    entregar_de_orden(sesion, quien, _orden(sesion, LARGO, GANA).id, EntregaEntrada(lineas=lineas))


def _recibir_equipos(sesion: Session, numero: int) -> None:
    recibir_de_orden(
        sesion, actor(sesion, ENTIDAD), _orden(sesion, LARGO, GANA).id, numero, RecepcionEntrada()
    )


def _pagar_equipos(sesion: Session) -> None:
    _pagar_todo(sesion, ENTIDAD, LARGO, GANA, "0871")


def _llamar(sesion: Session) -> None:
    llamar_otra_vez_con(sesion, autoridad(sesion, ENTIDAD), LARGO, SIGUIENTE)


def _publicar_otra_vez(sesion: Session, cierre: datetime) -> None:
    publicar_con(sesion, autoridad(sesion, ENTIDAD), SIGUIENTE, cierre)
