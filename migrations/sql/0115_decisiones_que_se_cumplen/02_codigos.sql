-- What was withdrawn stays so while the authority has it off sale: its codes may be another's by now.
CREATE OR REPLACE TRIGGER comercio_producto_archivar AFTER UPDATE OF estado ON comercio_producto FOR EACH ROW
    WHEN ((OLD.estado = 'retirado') <> (NEW.estado = 'retirado') AND NEW.estado <> 'intervenido')
    EXECUTE FUNCTION comercio_producto_archivar();

UPDATE comercio_variante v SET estado = 'archivada'
FROM comercio_producto p JOIN comercio_intervencion i ON i.producto_id = p.id
WHERE v.producto_id = p.id AND v.estado = 'activa' AND p.estado = 'intervenido'
  AND i.estado <> 'levantada' AND i.estaba = 'retirado';
