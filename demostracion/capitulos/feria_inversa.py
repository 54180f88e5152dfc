"""Demonstration needs in every state, from `datos/feria_inversa.json`, made with the real use cases.

Who acts is a demonstration person, on the authority of their mandate.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from fpdf import FPDF
from sqlmodel import Session

from demostracion.capitulos.llaves import dar_parte
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import exigir_facultad
from feria_inversa import (
    Cierre,
    ClaseDeDocumento,
    Clave,
    ConvocatoriaEntrada,
    DecisionEntrada,
    ItemEntrada,
    LineaEntrada,
    ModificacionEntrada,
    Nombramiento,
    Papel,
    PedidoEntrada,
    Valor,
    abrir_con,
    aceptar_con,
    adjudicar_con,
    agregar_modalidad,
    agregar_norma,
    cancelar_con,
    cerrar_recepcion,
    comparar,
    crear_con,
    designar_en_proceso,
    emitir_con,
    firmar_modificacion,
    items_de,
    linea_de_plan,
    llamar_otra_vez_con,
    ordenes_de,
    pedir_documentos,
    preguntar,
    presentar_con,
    proponer_modificacion,
    publicar_con,
    responder_pregunta,
    subir_documento,
)
from nucleo.actor import Autorizacion
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from nucleo.ids import id_demo
from nucleo.plazos import Calendario, calendario
from nucleo.reloj import ZONA, fecha_bolivia

ARCHIVO = Path(__file__).parents[1] / "datos" / "feria_inversa.json"
HORA_DE_CIERRE = time(16, 0)
TRAS_LA_APERTURA = frozenset({"evaluacion", "adjudicado", "contratado", "desierto"})
TRAS_LA_DECISION = frozenset({"adjudicado", "contratado", "desierto"})
MARCAS = ("Producción propia", "Hecho en Bolivia", "Marca nacional", "Importado")
PRACTICA = "PRACTICA"
DESDE = date(2020, 1, 1)
SUBASTA = {
    Clave.SUBASTA_PASO: 10,
    Clave.SUBASTA_DURACION: 120,
    Clave.SUBASTA_EXTENSION: 5,
    Clave.SUBASTA_ESPERA: 5,
    Clave.SUBASTA_PRORROGA: 10,
}
NOTA = "Sirve para recorrer toda la historia en minutos: no exige días mínimos."


@dataclass(frozen=True, slots=True)
class Necesidad:
    """A row of the file, with the instants of its story."""

    datos: dict[str, Any]
    id: UUID
    publicada_en: datetime
    vence_en: datetime

    @property
    def estado(self) -> str:
        return str(self.datos["estado"])


@capitulo("feria_inversa")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    yield Paso(hoy - timedelta(days=80), "modalidad", _agregar_modalidad)
    filas = json.loads(ARCHIVO.read_text(encoding="utf-8"))
    with transaccion() as sesion:
        habiles = calendario(sesion)
    for numero, fila in enumerate(filas, start=1):
        for cuando, nombre, hacer in _actos(_leer(numero, fila, hoy, habiles), hoy):
            yield Paso(cuando, f"{numero}: {nombre}", hacer)


def _agregar_modalidad(sesion: Session) -> None:
    agregar_norma(sesion, PRACTICA, "Sin norma: solo existe en modo de demostración")
    tope = Valor(a_centavos(bs(50_000)), True, "Modo de demostración", NOTA, DESDE)
    agregar_modalidad(
        sesion,
        id_demo("modalidad:practica"),
        PRACTICA,
        "DEMO",
        "Compra de práctica (demostración)",
        "open",
        {Clave.MONTO_HASTA: tope}
        | {
            clave: replace(tope, valor=valor)
            for clave, valor in (SUBASTA | {Clave.COTIZACION_RAPIDA: 1}).items()
        },
    )


def _leer(numero: int, fila: dict[str, Any], hoy: datetime, habiles: Calendario) -> Necesidad:
    cierre = hoy + timedelta(days=fila["cierra_en"])
    if fila["cierra_en"] >= 1 or fila["cierra_en"] <= -3:
        cierre = datetime.combine(fecha_bolivia(cierre), HORA_DE_CIERRE, ZONA).astimezone(UTC)
    publicada = hoy - timedelta(days=fila["publicada_hace"], minutes=17 * numero % 60)
    # A closing falls on a working day: what is to come later, what is over earlier, its publication with it.
    lugares = [unidades_demo()[fila["entidad"]].municipio]
    paso = timedelta(days=1 if cierre > hoy else -1)
    while not habiles.es_habil(fecha_bolivia(cierre), lugares):
        cierre += paso
        publicada += min(paso, timedelta(0))
    return Necesidad(fila, id_demo(f"convocatoria:{numero}"), publicada, cierre)


def autoridad(sesion: Session, clave: str) -> Autorizacion:
    """The demonstration person who acts for a unit, by the mandate they hold."""
    demo = unidades_demo()[clave]
    return exigir_facultad(sesion, actor(sesion, demo.persona), demo.id, demo.facultades[0])


def _actos(
    necesidad: Necesidad, hoy: datetime
) -> Iterator[tuple[datetime, str, Callable[[Session], object]]]:
    """The story of one need up to its state."""
    id, datos, estado, vence_en = necesidad.id, necesidad.datos, necesidad.estado, necesidad.vence_en

    def entidad(sesion: Session) -> Autorizacion:
        return autoridad(sesion, datos["entidad"])

    def crear(s: Session) -> None:
        if "sigue_a" in datos:  # the same again, as the process that it follows asked it
            llamar_otra_vez_con(s, entidad(s), id_demo(f"convocatoria:{datos['sigue_a']}"), id)
            return
        items = [_item(fila) for fila in datos["items"]]
        crear_con(s, entidad(s), _entrada(datos), items, id, _linea_de_plan(s, datos, fecha_bolivia(hoy)))

    yield necesidad.publicada_en - timedelta(hours=2), "borrador", crear
    if "pide" in datos:
        yield (
            necesidad.publicada_en - timedelta(minutes=95),
            "lo pedido",
            partial(_pedir, necesidad=necesidad),
        )
    for orden, documento in enumerate(datos.get("documentos", ()), start=1):
        cuando = necesidad.publicada_en - timedelta(minutes=100 - 10 * orden)
        yield cuando, f"documento {orden}", partial(_documentar, necesidad=necesidad, documento=documento)
    if estado == "borrador":
        return
    yield necesidad.publicada_en, "publicación", lambda s: publicar_con(s, entidad(s), id, vence_en)
    if estado == "contratado":
        nombrar = partial(_nombrar_quien_recibe, necesidad=necesidad)
        yield necesidad.publicada_en + timedelta(minutes=5), "quién recibe", nombrar
    paso = (min(vence_en, hoy) - necesidad.publicada_en) / (len(datos["ofertas"]) + 1)
    # Each bid a while after the one before, all in time.
    for orden, clave in enumerate(datos["ofertas"], start=1):
        ofertar = partial(_ofertar, necesidad=necesidad, orden=orden, clave=clave)
        yield necesidad.publicada_en + orden * paso, f"oferta {orden}", ofertar
    for orden, pregunta in enumerate(datos.get("preguntas", ()), start=1):
        cuando = necesidad.publicada_en + timedelta(minutes=20 * orden)
        yield cuando, f"pregunta {orden}", partial(_preguntar, necesidad=necesidad, pregunta=pregunta)
    if estado == "cancelado":
        cancelar = partial(_cancelar, necesidad=necesidad)
        yield hoy - timedelta(days=6), "cancelación", cancelar
    if estado == "recepcion_cerrada":
        yield vence_en + timedelta(seconds=9), "cierre", lambda s: cerrar_recepcion(s, id)
    for orden, quien in enumerate(datos.get("partes", ()), start=1):
        cuando = vence_en + timedelta(minutes=20 * orden)
        yield cuando, f"parte {orden}", partial(dar_parte, convocatoria_id=id, quien=quien)
    if estado in TRAS_LA_APERTURA and "partes" not in datos:
        yield vence_en + timedelta(hours=1), "apertura", lambda s: abrir_con(s, entidad(s), id)
    if estado in TRAS_LA_DECISION:
        adjudicar = partial(_adjudicar, necesidad=necesidad)
        yield vence_en + timedelta(days=1), "adjudicación", adjudicar
    if estado == "contratado":
        yield vence_en + timedelta(days=8), "órdenes", lambda s: emitir_con(s, entidad(s), id)
        aceptar = partial(_aceptar, necesidad=necesidad)
        yield vence_en + timedelta(days=9), "aceptación", aceptar
        yield from _modificaciones(necesidad, hoy)


def _modificaciones(
    necesidad: Necesidad, hoy: datetime
) -> Iterator[tuple[datetime, str, Callable[[Session], object]]]:
    """What the file says that an order became: signed by both, or proposed yesterday and not signed yet."""
    if (dicho := necesidad.datos.get("modifica")) is None:
        return
    proponer = partial(_proponer_modificacion, necesidad=necesidad)
    if not dicho["firma"]:
        yield hoy - timedelta(days=1), "modificación", proponer
        return
    yield necesidad.vence_en + timedelta(days=10), "modificación", proponer
    firmar = partial(_firmar_modificacion, necesidad=necesidad)
    yield necesidad.vence_en + timedelta(days=11), "firma de la modificación", firmar


def _linea_de_plan(sesion: Session, datos: dict[str, Any], hoy: date) -> UUID | None:
    """The one of its entity's plan from which a need begins, where the file says its number."""
    if "linea" not in datos:
        return None
    return linea_de_plan(sesion, unidades_demo()[datos["entidad"]].id, hoy.year, datos["linea"])


def _documentar(sesion: Session, necesidad: Necesidad, documento: list[str]) -> None:
    """The entity puts a document to its need: what it is, its title, and what its page says."""
    clase, titulo, texto = documento
    papel = FPDF()
    papel.set_creation_date(necesidad.publicada_en)
    papel.add_page()
    for letra, parrafo in ((16, titulo), (11, texto)):
        papel.set_font("helvetica", size=letra)
        papel.multi_cell(0, letra * 0.6, parrafo, new_x="LMARGIN", new_y="NEXT")
    demo = unidades_demo()[necesidad.datos["entidad"]]
    recibido = Recibido.de_bytes(bytes(papel.output()))
    subir_documento(
        sesion, actor(sesion, demo.persona), necesidad.id, ClaseDeDocumento(clase), titulo, recibido
    )


def _pedir(sesion: Session, necesidad: Necesidad) -> None:
    """What who bids presents, and whether its lack may be mended."""
    demo = unidades_demo()[necesidad.datos["entidad"]]
    pedidos = [
        PedidoEntrada(nombre=nombre, subsanable=subsanable) for nombre, subsanable in necesidad.datos["pide"]
    ]
    pedir_documentos(sesion, actor(sesion, demo.persona), necesidad.id, pedidos)


def _preguntar(sesion: Session, necesidad: Necesidad, pregunta: list[str]) -> None:
    """Somebody asks, and the entity answers when the file says what."""
    clave, texto, respuesta = pregunta
    demo = unidades_demo()[clave]
    id_ = preguntar(sesion, actor(sesion, demo.persona), necesidad.id, demo.id, texto)
    if respuesta:
        entidad = unidades_demo()[necesidad.datos["entidad"]]
        responder_pregunta(sesion, actor(sesion, entidad.persona), necesidad.id, id_, respuesta)


def _nombrar_quien_recibe(sesion: Session, necesidad: Necesidad) -> None:
    """A small town: who buys also receives, and somebody else may not say so for them."""
    quien = autoridad(sesion, necesidad.datos["entidad"]).actor
    assert quien.persona_id is not None
    documento = f"Memorándum {necesidad.datos['publicada_hace']}"
    designar_en_proceso(
        sesion, quien, necesidad.id, Nombramiento(Papel.RECEPCION, quien.persona_id, documento)
    )


def _cancelar(sesion: Session, necesidad: Necesidad) -> None:
    datos = necesidad.datos
    quien = autoridad(sesion, datos["entidad"])
    cancelar_con(sesion, quien, necesidad.id, datos["motivos"]["0"], Cierre.ANULA)  # to publish it again


def _adjudicar(sesion: Session, necesidad: Necesidad) -> None:
    entidad = autoridad(sesion, necesidad.datos["entidad"])
    adjudicar_con(sesion, entidad, necesidad.id, _decisiones(sesion, necesidad))


def _aceptar(sesion: Session, necesidad: Necesidad) -> None:
    """Every supplier accepts its order."""
    claves = {id_de_unidad(clave): clave for clave in necesidad.datos["ofertas"]}
    for orden in ordenes_de(sesion, necesidad.id):
        aceptar_con(sesion, autoridad(sesion, claves[orden.proveedor_id]), orden.id)


def _proponer_modificacion(sesion: Session, necesidad: Necesidad) -> None:
    (orden,) = ordenes_de(sesion, necesidad.id)
    dicho = necesidad.datos["modifica"]
    lineas = [{"numero": int(n), "cantidad": cuanto} for n, cuanto in dicho["lineas"].items()]
    datos = {"dias": dicho["dias"], "lineas": lineas, "motivo": dicho["motivo"]}
    quien = actor(sesion, unidades_demo()[necesidad.datos["entidad"]].persona)
    proponer_modificacion(sesion, quien, orden.id, ModificacionEntrada.model_validate(datos))


def _firmar_modificacion(sesion: Session, necesidad: Necesidad) -> None:
    (orden,) = ordenes_de(sesion, necesidad.id)
    clave = next(c for c in necesidad.datos["ofertas"] if id_de_unidad(c) == orden.proveedor_id)
    firmar_modificacion(sesion, actor(sesion, unidades_demo()[clave].persona), orden.id, 1)


def _entrada(datos: dict[str, Any]) -> ConvocatoriaEntrada:
    return ConvocatoriaEntrada(
        titulo=datos["titulo"],
        descripcion=datos["descripcion"],
        categoria=datos["categoria"],
        municipio_ine=datos["municipio"],
        lugar_entrega=datos["lugar"],
        plazo_entrega_dias=datos["plazo"],
        **datos.get("como", {}),
    )


def _item(fila: list[str]) -> ItemEntrada:
    """A unit in quotes is of no list: it is kept as it is written."""
    descripcion, cantidad, unidad, precio, unspsc = fila
    escrita = unidad.strip("«»") if unidad.startswith("«") else None
    return ItemEntrada(
        descripcion=descripcion,
        cantidad=Decimal(cantidad),
        unidad_medida=unidad if escrita is None else None,
        unidad_texto=escrita,
        precio_referencial=bs(precio),
        unspsc=unspsc,
    )


def _ofertar(sesion: Session, necesidad: Necesidad, orden: int, clave: str) -> None:
    lineas = [
        LineaEntrada(
            item_id=item.id,
            precio_unitario=bs(
                (item.precio_referencial.amount * Decimal(str(factor))).quantize(Decimal("0.01"))
            ),
            marca=MARCAS[(orden + item.numero) % len(MARCAS)],
            plazo_dias=max(1, necesidad.datos["plazo"] - 3 * orden),
        )
        for item, factor in zip(
            items_de(sesion, necesidad.id), necesidad.datos["ofertas"][clave], strict=True
        )
        if factor is not None
    ]
    presentar_con(sesion, autoridad(sesion, clave), necesidad.id, lineas)


def _decisiones(sesion: Session, necesidad: Necesidad) -> list[DecisionEntrada]:
    """The lowest price of each item, unless the file says another winner (null: desierto) and why."""
    ganadores = necesidad.datos.get("ganadores", {})
    motivos = necesidad.datos.get("motivos", {})
    decisiones = []
    for comparado in comparar(sesion, necesidad.id):
        indice = str(comparado.numero - 1)
        ofertas = comparado.ofertas
        if indice in ganadores:
            elegida = ganadores[indice] and id_de_unidad(ganadores[indice])
            ofertas = [par for par in ofertas if par[0] == elegida]
        decisiones.append(
            DecisionEntrada(
                item_id=comparado.item_id,
                oferta_id=ofertas[0][1] if ofertas else None,
                motivo=motivos.get(indice, ""),
            )
        )
    return decisiones
