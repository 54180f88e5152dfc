"""Take a parcel over: weighed, measured and paid in one act, once, whoever presses and how often."""

from datetime import date
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from envios.admision.avisos import avisar_remitente
from envios.admision.consultas import admision_vigente
from envios.admision.errores import PrecioDistinto, YaRecibido
from envios.admision.estados import ClaseAdmision, EstadoRecojo, Medio
from envios.admision.modelos import FilaDeAdmision
from envios.admision.precio import Pesada, Precio, precio_de, sostener
from envios.admision.recojos import espera_recojo, terminar_recojo
from envios.eventos import (
    Codigo,
    EventoNuevo,
    Fuente,
    OtroOperador,
    bloquear_correcciones,
    exigir_registrado,
    registrar_autorizado,
)
from envios.items import EnvioNoEncontrado, EnvioTerminado, bloquear_envio, envio_por_id
from envios.items.modelos import Envio
from envios.operadores import EnAgencia, exigir_en_agencia
from envios.portes import cobrado_en_ventanilla, fijar_medida
from envios.tarifas import peso_en_palabras
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def admitir(
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    envio_id: UUID,
    pesada: Pesada,
    *,
    visto: Money,
    medio: Medio | None = None,
    fuente: Fuente = Fuente.PAGINA,
) -> FilaDeAdmision:
    """Admit an announced parcel at an agency where the actor works; of one that was, what it was then.

    `visto` is what the worker was shown that it costs and, in cash, took; `medio`, how it would be paid: the
    sender may have paid it from their account meanwhile. Raises `SinFacultad`,
    `NoTrabajaAqui`, `AgenciaCerrada`, `EnvioNoEncontrado` (nothing of theirs), `YaRecibido` (it came another
    way), `EnvioTerminado`, `SinOferta`, `PrecioDistinto`.
    """
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    operador = donde.agencia.operador_unidad_id
    exigir_de_este(envio_por_id(sesion, envio_id), operador)
    bloquear_correcciones(sesion, operador, solo_lee=True)  # before the row, as any event does
    envio = bloquear_envio(sesion, envio_id)
    ya = admision_vigente(sesion, envio)
    if ya is not None:
        return ya
    exigir_admisible(envio, operador)
    precio = precio_de(sesion, envio, pesada)
    if (precio.importe if precio else cero()) != visto:
        raise PrecioDistinto(
            _("Ahora es %(total)s: revíselo con quien envía.")
            % {"total": formato_bs(precio.importe if precio else cero())}
        )
    if precio is not None and medio is not None and precio.medio is not medio:
        raise PrecioDistinto(_("Ya se pagó con una cuenta: no cobre en efectivo."))
    if precio is not None:
        _cobrar(sesion, donde, envio, pesada, precio)
    return tomar(
        sesion,
        donde,
        envio,
        pesada,
        clase=ClaseAdmision.RECOJO if espera_recojo(sesion, envio.id) else ClaseAdmision.ANUNCIADO,
        fuente=fuente,
        importe=precio.importe if precio else cero(),
        medio=precio.medio if precio else Medio.NINGUNO,
        entrega_el=precio.entrega_el if precio else None,
    )


def exigir_de_este(envio: Envio, operador_unidad_id: UUID) -> None:
    """To a worker of an operator that never had to do with it, the parcel does not exist."""
    if operador_unidad_id not in (envio.custodio_unidad_id, envio.operador_unidad_id):
        raise EnvioNoEncontrado()


def exigir_admisible(envio: Envio, operador_unidad_id: UUID) -> None:
    """Announced to this operator and in nobody's hands yet."""
    if envio.custodio_unidad_id != operador_unidad_id:
        raise OtroOperador(_("Ese envío lo lleva otro operador."))
    if envio.estado.es_terminal:
        raise EnvioTerminado(_("Este envío ya terminó: anúncielo otra vez."))
    if envio.admitido_en is not None:
        raise YaRecibido(_("Ya tiene movimientos anotados: siga con él desde la bandeja."))


def _cobrar(sesion: Session, donde: EnAgencia, envio: Envio, pesada: Pesada, precio: Precio) -> None:
    """The postage in the same transaction: the event settles what is held, as measured; cash is noted."""
    autorizacion = donde.autorizacion
    if precio.medio is Medio.CUENTA:
        fijar_medida(sesion, autorizacion, envio, peso_g=pesada.peso_g, medidas=pesada.medidas)
    elif precio.medio is Medio.EFECTIVO:
        cotizacion = sostener(sesion, autorizacion.actor, envio)
        cobrado_en_ventanilla(sesion, autorizacion, envio, cotizacion_id=cotizacion.id)


def tomar(
    sesion: Session,
    donde: EnAgencia,
    envio: Envio,
    pesada: Pesada,
    *,
    clase: ClaseAdmision,
    fuente: Fuente,
    importe: Money,
    medio: Medio,
    entrega_el: date | None,
) -> FilaDeAdmision:
    """The event and its row, of an item locked by the caller (or just made)."""
    agencia, medidas = donde.agencia, pesada.medidas
    nuevo = EventoNuevo(codigo=Codigo.EMA, envio_id=envio.id, agencia_id=agencia.id)
    operador = agencia.operador_unidad_id
    (hecho,) = registrar_autorizado(sesion, donde.autorizacion, operador, [nuevo], fuente)
    exigir_registrado(hecho)
    assert hecho.evento is not None
    fila = FilaDeAdmision(
        envio_id=envio.id,
        vuelta=envio.correcciones,
        evento_id=hecho.evento.id,
        operador_unidad_id=operador,
        agencia_id=agencia.id,
        clase=clase,
        admitido_por=donde.autorizacion.actor.clave,
        admitido_en=ahora_bd(sesion),
        declarado_g=envio.peso_g,
        peso_g=pesada.peso_g,
        largo_cm=medidas.largo_cm if medidas else None,
        ancho_cm=medidas.ancho_cm if medidas else None,
        alto_cm=medidas.alto_cm if medidas else None,
        cotizacion_id=envio.cotizacion_id,
        importe=importe,
        medio=medio,
        entrega_el=entrega_el,
    )
    sesion.add(fila)
    sesion.flush()
    terminar_recojo(sesion, donde.autorizacion, envio.id, EstadoRecojo.RECOGIDO)
    _dar_constancia(sesion, envio, fila, agencia.nombre)
    hechos = {"peso_g": pesada.peso_g, "importe": a_centavos(importe), "agencia": str(agencia.id)}
    auditar(sesion, donde.autorizacion, "envio.admitir", "envios_envio", envio.id, hechos)
    return fila


def _dar_constancia(sesion: Session, envio: Envio, fila: FilaDeAdmision, agencia: str) -> None:
    """The receipt of posting, in the mailbox of whoever sends and has one."""
    datos = {
        "numero": envio.numero,
        "agencia": agencia,
        "peso": peso_en_palabras(fila.peso_g),
        "franqueo": formato_bs(fila.importe),
        "llega": filtro_fecha(fila.entrega_el, "EEEE d 'de' MMMM"),
    }
    cuerpo = _("%(agencia)s lo recibió con %(peso)s.") % datos
    if fila.importe > cero():
        cuerpo += " " + _("Franqueo: %(franqueo)s.") % datos
    if fila.entrega_el is not None:
        cuerpo += " " + _("Llega el %(llega)s.") % datos
    cuerpo += " " + _("Guarde la constancia: con ella se reclama.")
    asunto = _("Constancia de admisión del envío %(numero)s") % datos
    avisar_remitente(sesion, envio, asunto, cuerpo, f"/envios/{envio.id}/constancia")
