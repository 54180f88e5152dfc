"""Proof of delivery: who received, in what relation to the recipient, where, with photo and signature.

Kept once, with the delivery or when its telephone finds a network, and never changed. Its pictures may come
later, one by one. Only the sender, the recipient and the operator at work see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from envios.entrega.consultas import archivos_de, con_codigo, prueba_de_evento, prueba_por_id
from envios.entrega.errores import PruebaInvalida, PruebaYaGuardada
from envios.entrega.modelos import ArchivoDePrueba, PruebaDeEntrega
from envios.entrega.tipos import ClaseDeArchivo, Relacion
from envios.eventos import Codigo, Suceso, evento_por_id, eventos_de, historia_de
from envios.items import bloquear_envio, exigir_despacho_de, remitente_de
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar_imagen
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PRECISION_MAXIMA_M = 100_000


@dataclass(frozen=True, slots=True)
class DatosDePrueba:
    """What was seen at the door. Without `receptor_nombre`, the recipient's own (the sender's, of a return).

    Coordinates in degrees (WGS 84), `precision_m` metres as the telephone tells; pictures as they were sent.
    """

    relacion: Relacion = Relacion.DESTINATARIO
    receptor_nombre: str = ""
    latitud: Decimal | None = None
    longitud: Decimal | None = None
    precision_m: int | None = None
    foto: Recibido | None = None
    firma: Recibido | None = None

    @property
    def archivos(self) -> Mapping[ClaseDeArchivo, Recibido]:
        todos = {ClaseDeArchivo.FOTO: self.foto, ClaseDeArchivo.FIRMA: self.firma}
        return {clase: recibido for clase, recibido in todos.items() if recibido is not None}


def guardar_prueba(
    sesion: Session,
    autorizacion: Autorizacion,
    envio: Envio,
    datos: DatosDePrueba,
    *,
    operador_unidad_id: UUID,
    evento: Suceso | None = None,
    evento_cliente_id: str = "",
    ocurrida_en: datetime | None = None,
) -> PruebaDeEntrega:
    """Keep the proof of a delivery event of `envio` (locked), or of one that waits to be judged.

    Without `evento`, the telephone's own `evento_cliente_id` and `ocurrida_en` say of which one. Raises
    `PruebaInvalida` (by field), `ImagenInvalida`, `PruebaYaGuardada`.
    """
    cuando = evento.ocurrido_en if evento else ocurrida_en
    assert cuando is not None
    assert evento is not None or evento_cliente_id
    if evento is not None and evento.es_devolucion is not (datos.relacion is Relacion.REMITENTE):
        detalle = _("Al remitente solo se le entrega lo que vuelve, y lo que vuelve, solo a él.")
        raise PruebaInvalida(detalle, campos={"relacion": detalle})
    if prueba_de_evento(sesion, operador_unidad_id, evento, evento_cliente_id) is not None:
        raise PruebaYaGuardada()
    latitud, longitud, precision_m = _lugar(datos)
    fila = PruebaDeEntrega(
        id=nuevo_id(),
        envio_id=envio.id,
        operador_unidad_id=operador_unidad_id,
        evento_id=evento.id if evento else None,
        evento_cliente_id=evento.evento_cliente_id if evento else evento_cliente_id,
        receptor_nombre=_nombre(sesion, envio, datos),
        relacion=datos.relacion,
        codigo_comprobado=evento is not None and con_codigo(evento),
        latitud=latitud,
        longitud=longitud,
        precision_m=precision_m,
        ocurrida_en=cuando,
        recibida_en=ahora_bd(sesion),
        registrada_por=autorizacion.actor.clave,
    )
    sesion.add(fila)
    sesion.flush()
    for clase, recibido in datos.archivos.items():
        _agregar(sesion, autorizacion, fila, clase, recibido)
    auditar(
        sesion,
        autorizacion,
        "envio.probar_entrega",
        "envios_envio",
        envio.id,
        {"prueba_id": str(fila.id), "relacion": datos.relacion.value},
    )
    return fila


def guardar_prueba_de_evento(
    sesion: Session, actor: Actor, evento_id: UUID, datos: DatosDePrueba
) -> PruebaDeEntrega:
    """The proof of a delivery that was noted before, by whoever dispatches for who noted it.

    Raises `EventoNoEncontrado`, and what `guardar_prueba` raises.
    """
    evento = evento_por_id(sesion, evento_id)
    autorizacion = exigir_despacho_de(sesion, actor, evento.envio_id, evento.operador_unidad_id)
    if evento.codigo != Codigo.EMI:
        raise PruebaInvalida(_("Solo una entrega lleva prueba: ese evento no es una entrega."))
    envio = bloquear_envio(sesion, evento.envio_id)
    if evento.id not in {e.id for e in historia_de(sesion, envio)[0]}:
        raise PruebaInvalida(
            _("Esa entrega no cuenta: se corrigió, o falta que quien lo lleva se lo entregue.")
        )
    return guardar_prueba(
        sesion, autorizacion, envio, datos, operador_unidad_id=evento.operador_unidad_id, evento=evento
    )


def probar_entrega(sesion: Session, actor: Actor, envio_id: UUID, datos: DatosDePrueba) -> PruebaDeEntrega:
    """The proof of the last delivery of an item. Raises `PruebaInvalida` without one."""
    entregas = [e for e in eventos_de(sesion, envio_id) if e.codigo == Codigo.EMI]
    if not entregas:
        raise PruebaInvalida(_("Solo una entrega lleva prueba: ese envío no se entregó."))
    return guardar_prueba_de_evento(sesion, actor, entregas[-1].id, datos)


def agregar_archivo(
    sesion: Session, actor: Actor, prueba_id: UUID, clase: ClaseDeArchivo, recibido: Recibido
) -> PruebaDeEntrega:
    """A picture that comes after its proof, once; the same bytes again do nothing.

    Raises `PruebaNoEncontrada`, `SinFacultad`, `ImagenInvalida`, `PruebaYaGuardada` (another picture).
    """
    fila = prueba_por_id(sesion, prueba_id)
    autorizacion = exigir_despacho_de(sesion, actor, fila.envio_id, fila.operador_unidad_id)
    bloquear_envio(sesion, fila.envio_id)
    previo = archivos_de(sesion, [fila.id])[fila.id].get(clase)
    if previo is None:
        _agregar(sesion, autorizacion, fila, clase, recibido)
    elif previo.huella != recibido.huella().hex():
        raise PruebaYaGuardada(_("Esa imagen ya está guardada y no se cambia."))
    return fila


def _agregar(
    sesion: Session,
    autorizacion: Autorizacion,
    fila: PruebaDeEntrega,
    clase: ClaseDeArchivo,
    recibido: Recibido,
) -> None:
    sesion.add(
        ArchivoDePrueba(
            prueba_id=fila.id,
            clase=clase,
            archivo_id=guardar_imagen(sesion, recibido, duenio=fila.id),
            huella=recibido.huella().hex(),
            registrado_por=autorizacion.actor.clave,
        )
    )
    datos = {"prueba_id": str(fila.id), "clase": clase.value}
    auditar(sesion, autorizacion, "envio.agregar_imagen", "envios_envio", fila.envio_id, datos)
    sesion.flush()


def _nombre(sesion: Session, envio: Envio, datos: DatosDePrueba) -> str:
    dicho = " ".join(datos.receptor_nombre.split())
    if dicho:
        return dicho[:120]
    if datos.relacion is Relacion.DESTINATARIO:
        return envio.destinatario_nombre
    if datos.relacion is Relacion.REMITENTE:
        return remitente_de(sesion, envio).nombre[:120]
    detalle = _("Escriba el nombre de quien recibió.")
    raise PruebaInvalida(detalle, campos={"receptor_nombre": detalle})


def _lugar(datos: DatosDePrueba) -> tuple[Decimal | None, Decimal | None, int | None]:
    """Latitude, longitude and how exact they are, as the columns want them. Raises `PruebaInvalida`."""
    lat, lon, precision = datos.latitud, datos.longitud, datos.precision_m
    if (lat is None) != (lon is None):
        falta = "longitud" if lon is None else "latitud"
        raise PruebaInvalida(campos={falta: _("Escriba las dos coordenadas.")})
    if lat is None or lon is None:
        return None, None, None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise PruebaInvalida(campos={"latitud": _("Esas coordenadas no existen.")})
    if precision is not None:
        precision = min(max(precision, 0), PRECISION_MAXIMA_M)
    return round(lat, 6), round(lon, 6), precision
