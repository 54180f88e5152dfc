"""The last people somebody sent money to, read from the ledger: who paid them knows their name already."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from ciudadania import personas_en_lote
from nucleo.actor import Actor
from nucleo.lectores import como_se_escribe
from nucleo.textos import gettext as _
from pagos.billetera.accesos import persona_de
from pagos.billetera.errores import NoEsFrecuente
from pagos.libro import billetera_de

A_LO_SUMO = 6

# Among the newest movements of the wallet, by its index: the cost does not depend on how many it has.
_FRECUENTES = text(
    """
    SELECT c.titular_id, c.id AS cuenta, max(t.numero) AS ultimo
    FROM (SELECT credito, numero, tipo, codigo FROM pagos_transferencia
          WHERE debito = :cuenta ORDER BY numero DESC LIMIT 500) t
    JOIN pagos_cuenta c ON c.id = t.credito AND c.titular_tipo = 'persona' AND NOT c.cerrada
    LEFT JOIN pagos_destinatario_olvidado o ON o.persona_id = :persona AND o.olvidado_id = c.titular_id
    WHERE t.tipo = 1 AND t.codigo = 1 AND t.numero > coalesce(o.hasta_numero, 0)
    GROUP BY c.titular_id, c.id ORDER BY ultimo DESC LIMIT :limite
    """
)
_OLVIDAR = text(
    """
    INSERT INTO pagos_destinatario_olvidado (persona_id, olvidado_id, hasta_numero)
    SELECT :persona, :olvidado, max(numero) FROM (
        SELECT numero FROM pagos_transferencia WHERE debito = :cuenta ORDER BY numero DESC LIMIT 1) t
    HAVING max(numero) IS NOT NULL
    ON CONFLICT (persona_id, olvidado_id) DO UPDATE SET hasta_numero = EXCLUDED.hasta_numero
    """
)


@dataclass(frozen=True, slots=True)
class Frecuente:
    """Somebody that one sends to. `cuenta` is for programs, that pay to accounts; no page shows it."""

    persona_id: UUID
    nombre: str
    iniciales: str
    cuenta: int


def frecuentes(sesion: Session, persona_id: UUID) -> list[Frecuente]:
    """The last people that this one sent to from their wallet, newest first: neither those they forgot nor
    those who closed theirs."""
    datos = {"cuenta": billetera_de(sesion, persona_id).id, "persona": persona_id, "limite": A_LO_SUMO}
    filas = sesion.connection().execute(_FRECUENTES, datos).all()
    personas = personas_en_lote(sesion, [f.titular_id for f in filas])
    hallados: list[Frecuente] = []
    for fila in filas:
        p = personas[fila.titular_id]
        partes = (p.nombres, p.primer_apellido or p.segundo_apellido or "")
        iniciales = "".join(como_se_escribe(parte)[:1] for parte in partes)
        hallados.append(Frecuente(p.id, p.nombre_completo, iniciales, fila.cuenta))
    return hallados


def frecuente(sesion: Session, actor: Actor, persona_id: UUID) -> Frecuente:
    """One of the actor's. Raises `NoEsFrecuente`, `Prohibido` for machines."""
    for conocido in frecuentes(sesion, persona_de(actor)):
        if conocido.persona_id == persona_id:
            return conocido
    raise NoEsFrecuente(_("Búsquela con su alias, su carnet o su celular."))


def olvidar(sesion: Session, actor: Actor, persona_id: UUID) -> None:
    """Take somebody off the list, until the next time they are sent money. Raises `NoEsFrecuente`."""
    persona = persona_de(actor)
    frecuente(sesion, actor, persona_id)
    datos = {"cuenta": billetera_de(sesion, persona).id, "persona": persona, "olvidado": persona_id}
    sesion.connection().execute(_OLVIDAR, datos)
