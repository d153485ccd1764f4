SELECT 'enum values stay';
